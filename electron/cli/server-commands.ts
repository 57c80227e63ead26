import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { formatMessage } from '../../shared/messages/format.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ServerCertificate, ServerHealth, ServerView } from '../../shared/server-view.ts';
import type { Language } from '../../shared/settings.ts';
import type { ServerWish } from '../server/server-service.ts';
import { decodeText } from '../support/read-text.ts';
import { readWhole } from '../support/read-whole.ts';
import type { Choose, Context, Output } from './command.ts';
import { SERVER_LABELS } from './server-labels.ts';

/** Bytes of a certificate file. */
const MAX_BYTES = 64 * 1024;

interface UseOptions {
  readonly ca?: string;
  readonly pin?: readonly string[];
  readonly yes?: boolean;
}

/** `server show`, `server check`, `server use cloud`, `server use local URL`. */
export function addServerCommands(program: Program, choose: Choose): void {
  const server = program
    .command('server')
    .description('show or choose the license server that new activations are taken from');
  server
    .command('show', { isDefault: true })
    .description('show which server is chosen; asks no server')
    .action(() => {
      choose({ needs: 'installation', run: (context) => Promise.resolve(show(context)) });
    });
  server
    .command('check')
    .description('look whether the chosen server can be reached')
    .action(() => {
      choose({ needs: 'installation', run: check });
    });
  const use = server.command('use').description('choose where new activations are taken from');
  use
    .command('cloud')
    .description('the license server of the vendor')
    .option('--yes', 'confirm that licenses of another server stay there')
    .action((options: UseOptions) => {
      choose({ needs: 'installation', run: (context) => choice(context, null, options) });
    });
  use
    .command('local')
    .description('a Local License Server, recognised by its certificate, the pins of its keys, or both')
    .argument('<url>', 'its address, beginning with https://')
    .option('--ca <file>', 'certificate of its authority (PEM); shown before it is trusted')
    .option('--pin <sha256...>', 'base64 SHA-256 of its public key; demanded where given')
    .option('--yes', 'confirm the certificate, and that licenses of another server stay there')
    .action((url: string, options: UseOptions) => {
      choose({ needs: 'installation', run: (context) => choice(context, url, options) });
    });
}

function show({ services, language }: Context): Result<Output> {
  const view = services.server.view();
  return ok({ json: view, text: viewText(view, language) });
}

async function check({ services, language }: Context): Promise<Result<Output>> {
  const health = await services.server.check();
  if (health.failure !== null) return err(failure(health.failure.code, health.failure.facts));
  return ok({ json: services.server.view(), text: healthText(health, language) });
}

async function choice(
  { services, ports, language }: Context,
  url: string | null,
  options: UseOptions,
): Promise<Result<Output>> {
  const ca = await readCertificate(ports, options.ca);
  if (!ca.ok) return ca;
  const local =
    url === null
      ? null
      : { url, pins: options.pin ?? [], ...(ca.value === undefined ? {} : { ca: ca.value }) };
  const wish: ServerWish = { local, isConfirmed: options.yes === true };
  const done = await services.server.use(wish);
  if (done.ok) return ok({ json: done.value, text: viewText(done.value, language) });
  if (done.error.code === 'confirmationNeeded') ports.err(await toConfirm(services.server, wish, language));
  return done;
}

/** What somebody agrees to with `--yes`. */
async function toConfirm(
  server: Context['services']['server'],
  { local }: ServerWish,
  language: Language,
): Promise<string> {
  const labels = SERVER_LABELS[language];
  const certificates = server.inspectCertificate(local?.ca ?? '');
  const held = await server.heldElsewhere(local);
  const lines = [
    ...(certificates.ok ? certificates.value : []).flatMap((it) => certificateLines(it, language)),
    ...held.map(({ productName, heldAt }) => `${productName}: ${labels.held} ${heldAt?.host ?? ''}`),
    ...(held.length === 0 ? [] : [labels.heldStay]),
  ];
  return `${lines.join('\n')}\n`;
}

async function readCertificate(
  { readFile }: Context['ports'],
  file: string | undefined,
): Promise<Result<string | undefined>> {
  if (file === undefined) return ok(undefined);
  const tooLarge = failure('serverCertificateUnreadable');
  const bytes = await readWhole((max) => readFile(file, max), MAX_BYTES, tooLarge);
  return bytes.ok ? ok(decodeText(bytes.value)) : bytes;
}

function viewText(view: ServerView, language: Language): string {
  const labels = SERVER_LABELS[language];
  const lines = [
    `${labels[view.kind]}: ${view.url ?? view.host}${view.isManaged ? ` (${labels.managed})` : ''}`,
    ...view.certificates.flatMap((it) => certificateLines(it, language)),
    ...view.pins.map((pin) => `  ${labels.pin}: ${pin}`),
  ];
  return `${lines.join('\n')}\n`;
}

function certificateLines(
  { subject, sha256, notAfter }: ServerCertificate,
  language: Language,
): readonly string[] {
  const labels = SERVER_LABELS[language];
  return [
    `  ${labels.certificate}: ${subject}, ${labels.validUntil} ${dayOf(notAfter, language)}`,
    `  SHA-256: ${sha256}`,
  ];
}

function healthText({ apiVersion, certificateEnds, clockAhead }: ServerHealth, language: Language): string {
  const labels = SERVER_LABELS[language];
  const row = (label: string, value: string | null) => (value === null ? [] : [`  ${label}: ${value}`]);
  const lines = [
    labels.reachable,
    ...row(labels.version, apiVersion),
    ...row(labels.serverCertificateEnds, certificateEnds === null ? null : dayOf(certificateEnds, language)),
    ...row(labels.clockDifference, clockAhead === null ? null : String(Math.round(clockAhead / 1000))),
  ];
  return `${lines.join('\n')}\n`;
}

function dayOf(at: number, language: Language): string {
  return formatMessage('{at, date, day}', language, { at });
}
