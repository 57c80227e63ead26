import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import type { ClientCertificateView } from '../../shared/license/client-certificate.ts';
import { ok, type Result } from '../../shared/result.ts';
import { MAX_CERTIFICATE_FILE } from '../certificate/service.ts';
import { readWhole } from '../support/read-whole.ts';
import { Secret } from '../support/secret.ts';
import type { Choose, Context, Output } from './command.ts';
import { LABELS } from './labels.ts';
import { readPassphrase } from './read-passphrase.ts';

interface ImportOptions {
  readonly key?: string;
  readonly passphraseStdin?: boolean;
}

/** `certificate show|import|remove`: the client certificate that this device shows to the license server. */
export function addCertificateCommand(program: Program, choose: Choose): void {
  const certificate = program
    .command('certificate')
    .description('the certificate by which this device identifies itself to the license server');
  certificate
    .command('show')
    .description('tell whose it is, who issued it and until when it is good')
    .action(() => choose({ needs: 'installation', run: show }));
  certificate
    .command('import')
    .description('use the certificate of a PEM or PKCS #12 file in the place of one that the server gives')
    .argument('<file>', 'certificate with its private key')
    .option('--key <file>', 'PEM file of the private key, where it is not in the same file')
    .option(
      '--passphrase-stdin',
      'read the passphrase of the key from standard input; at a terminal it is asked for and not shown',
    )
    .action((file: string, options: ImportOptions) =>
      choose({ needs: 'installation', run: (context) => importFile(context, file, options) }),
    );
  certificate
    .command('remove')
    .description('forget the imported certificate and its key')
    .action(() =>
      choose({
        needs: 'installation',
        run: async ({ services, language }) => {
          const removed = await services.certificate.remove();
          if (!removed.ok) return removed;
          return ok({ json: { certificate: null }, text: `${LABELS[language].noCertificate}\n` });
        },
      }),
    );
}

async function show({ services, language }: Context): Promise<Result<Output>> {
  const { licenses } = await services.snapshot();
  const shown = licenses.flatMap(({ productId, productName, clientCertificate }) =>
    clientCertificate === undefined ? [] : [{ productId, productName, certificate: clientCertificate }],
  );
  const text = shown.map(
    ({ productName, certificate }) => `${productName}\n${textOf(certificate, language)}`,
  );
  return ok({
    json: shown.map(({ productId, certificate }) => ({ productId, certificate: jsonOf(certificate) })),
    text: text.length === 0 ? `${LABELS[language].noCertificate}\n` : text.join('\n'),
  });
}

async function importFile(
  { services, ports, language }: Context,
  file: string,
  options: ImportOptions,
): Promise<Result<Output>> {
  const content = await readBytes(ports.readFile, file);
  if (!content.ok) return content;
  const key = options.key === undefined ? ok(undefined) : await readBytes(ports.readFile, options.key);
  if (!key.ok) return key;
  const passphrase =
    options.passphraseStdin === true
      ? await readPassphrase({ ports, language })
      : ok(new Secret('password', ''));
  if (!passphrase.ok) return passphrase;
  const imported = await services.certificate.import({
    content: content.value,
    key: key.value,
    passphrase: passphrase.value,
  });
  if (!imported.ok) return imported;
  return ok({ json: { certificate: jsonOf(imported.value) }, text: textOf(imported.value, language) });
}

function readBytes(readFile: Context['ports']['readFile'], file: string): Promise<Result<Uint8Array>> {
  const tooLarge = failure('certificateFileUnreadable');
  return readWhole((max) => readFile(file, max), MAX_CERTIFICATE_FILE, tooLarge);
}

function jsonOf({ notBefore, notAfter, renewAt, ...rest }: ClientCertificateView) {
  return {
    ...rest,
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    renewAt: renewAt === null ? null : new Date(renewAt).toISOString(),
  };
}

function textOf(certificate: ClientCertificateView, language: Context['language']): string {
  const labels = LABELS[language];
  const day = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: 'long', timeZone: 'UTC' });
  const lines = [
    [labels.certificateSubject, certificate.subject],
    [labels.certificateIssuer, certificate.issuer],
    [labels.certificateUntil, day.format(certificate.notAfter)],
    [labels.certificateFingerprint, certificate.fingerprint],
  ];
  return lines.map(([label, value]) => `${label}: ${value}\n`).join('');
}
