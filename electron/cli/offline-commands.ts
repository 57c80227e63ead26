import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import type { TokenView } from '../../shared/offline.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readTokenFile } from '../offline/read-token-file.ts';
import { systemCode } from '../support/read-text.ts';
import type { Choose, Context, Output } from './command.ts';
import {
  forProduct,
  licenseOutput,
  seatRequest,
  withSeatOptions,
  type SeatOptions,
} from './license-commands.ts';
import { oneProduct, productsNamed } from './products.ts';

interface OutOption {
  /** Path of the file to write instead of standard output. */
  readonly out?: string;
}

/** `offline request|import|deactivate|requests|receipts`: the exchange by files, without any network. */
export function addOfflineCommands(program: Program, choose: Choose): void {
  const offline = program
    .command('offline')
    .description(
      'activate, refresh and deactivate without a network, by files that go to the portal and back',
    );
  const out = ['--out <file>', 'write the token to a file instead of standard output'] as const;

  withSeatOptions(forProduct(offline, 'request', 'make an activation request for the portal'))
    .option(...out)
    .action((product: string | undefined, options: SeatOptions & OutOption) => {
      choose({ needs: 'installation', run: (context) => request(context, product, options) });
    });
  offline
    .command('import')
    .description('apply an activation response or a refresh from the portal')
    .argument('<file>', 'the token file, or - for standard input')
    .action((file: string) => {
      choose({ needs: 'installation', run: (context) => importFile(context, file) });
    });
  forProduct(offline, 'deactivate', 'end an offline activation and make the token that frees its seat')
    .option(...out)
    .action((product: string | undefined, options: OutOption) => {
      choose({ needs: 'installation', run: (context) => deactivate(context, product, options) });
    });
  for (const list of ['requests', 'receipts'] as const) {
    forProduct(offline, list, DESCRIPTIONS[list])
      .option('--export <id>', 'print the token of this entry again')
      .option(...out)
      .option('--clear <id>', CLEAR[list])
      .action((product: string | undefined, options: ListOptions) => {
        choose({ needs: 'installation', run: (context) => showList(context, product, list, options) });
      });
  }
}

const DESCRIPTIONS = {
  requests: 'list the activation requests that wait for their response',
  receipts: 'list the deactivations that the portal has to be told of',
} as const;

const CLEAR = {
  requests: 'forget a request; a response to it can not be applied any more',
  receipts: 'forget a receipt, once the portal has taken the token',
} as const;

interface ListOptions extends OutOption {
  readonly export?: string;
  readonly clear?: string;
}

async function request(
  context: Context,
  named: string | undefined,
  options: SeatOptions & OutOption,
): Promise<Result<Output>> {
  const wish = await seatRequest(context, named, options);
  if (!wish.ok) return wish;
  const made = await context.services.offline.makeRequest(wish.value);
  return made.ok ? handOut(context, made.value, options) : made;
}

async function importFile({ services, ports, language }: Context, file: string): Promise<Result<Output>> {
  const fromStdin = (_path: string, maxBytes: number) => ports.readStdin(maxBytes);
  const text = await readTokenFile(file, file === '-' ? fromStdin : ports.readFile);
  if (!text.ok) return text;
  const done = await services.offline.importToken(text.value);
  return done.ok ? ok(licenseOutput(done.value, language)) : done;
}

async function deactivate(
  context: Context,
  named: string | undefined,
  options: OutOption,
): Promise<Result<Output>> {
  const productId = oneProduct(context.profile, named);
  if (!productId.ok) return productId;
  const made = await context.services.offline.deactivate(productId.value);
  return made.ok ? handOut(context, made.value, options) : made;
}

/**
 * A token on standard output, or in a file of its own. It is kept in the vault as well, so where the file can't be
 * written nothing is lost: it can be exported again.
 */
async function handOut({ ports }: Context, token: TokenView, { out }: OutOption): Promise<Result<Output>> {
  const json = { ...token, madeAt: new Date(token.madeAt).toISOString(), file: out ?? null };
  if (out === undefined) return ok({ json, text: token.armored });
  try {
    await ports.writeFile(out, token.armored);
  } catch (error) {
    return err(failure('fileNotSaved', { system: systemCode(error) }));
  }
  return ok({ json, text: `${out}\n` });
}

async function showList(
  context: Context,
  named: string | undefined,
  list: 'requests' | 'receipts',
  options: ListOptions,
): Promise<Result<Output>> {
  const { profile, services } = context;
  const { export: exported, clear, out } = options;
  // Not both at once: a file that could not be read again later would have been the only copy.
  if (exported !== undefined && clear !== undefined) {
    return err(failure('usageInvalid', { field: '--export ID, or --clear ID' }));
  }
  if (out !== undefined && exported === undefined) {
    return err(failure('usageInvalid', { field: '--export ID' }));
  }
  if (exported !== undefined || clear !== undefined) return handle(context, named, list, options);
  const wanted = productsNamed(profile, named);
  if (!wanted.ok) return wanted;
  const { licenses } = await services.snapshot();
  const entries = licenses
    .filter(({ productId }) => wanted.value.includes(productId))
    .flatMap(({ productId, productName, offline }) =>
      offline[list].map((entry) => ({
        ...entry,
        madeAt: new Date(entry.madeAt).toISOString(),
        productId,
        productName,
      })),
    );
  const lines = entries.map(({ id, madeAt, productName }) => `${id}  ${madeAt}  ${productName}\n`);
  return ok({ json: { [list]: entries }, text: lines.join('') });
}

async function handle(
  context: Context,
  named: string | undefined,
  list: 'requests' | 'receipts',
  options: ListOptions,
): Promise<Result<Output>> {
  const { profile, services, language } = context;
  const productId = oneProduct(profile, named);
  if (!productId.ok) return productId;
  if (options.export !== undefined) {
    const token = await services.offline.token(productId.value, options.export);
    return token.ok ? handOut(context, token.value, options) : token;
  }
  const forget = list === 'requests' ? services.offline.discardRequest : services.offline.clearReceipt;
  const done = await forget(productId.value, options.clear ?? '');
  return done.ok ? ok(licenseOutput(done.value, language)) : done;
}
