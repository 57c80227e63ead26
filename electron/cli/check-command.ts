import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CheckedLicense } from '../license-file/service.ts';
import { decodeText } from '../support/read-text.ts';
import { readWhole } from '../support/read-whole.ts';
import type { Choose, Context, Output } from './command.ts';
import { oneProduct } from './products.ts';

/** Larger than any license file: a cap, so that a wrong path can't fill the memory. */
const MAX_BYTES = 256 * 1024;

/** `check PRODUCT`: what installed software asks; exit 0 only with a valid license file for this device. */
export function addCheckCommand(program: Program, choose: Choose): void {
  program
    .command('check')
    .description(
      'verify the license file of a product for this device; exit 0 only if it is valid; asks no server',
    )
    .argument('<product>', 'product id or name')
    .option('--file <file>', 'check this file instead of the one that is kept for the product')
    .action((product: string, options: { readonly file?: string }) => {
      choose({ needs: 'installation', run: (context) => check(context, product, options.file) });
    });
}

async function check(context: Context, named: string, file: string | undefined): Promise<Result<Output>> {
  const productId = oneProduct(context.profile, named);
  if (!productId.ok) return productId;
  const text = file === undefined ? ok(null) : await readLicenseFile(context, file);
  if (!text.ok) return text;
  const checked = await context.services.licenseFile.check(productId.value, text.value);
  return checked.ok ? ok(outputOf(checked.value)) : checked;
}

async function readLicenseFile({ ports }: Context, file: string): Promise<Result<string>> {
  const tooLarge = failure('licenseFileInvalid');
  const bytes = await readWhole((max) => ports.readFile(file, max), MAX_BYTES, tooLarge);
  return bytes.ok ? ok(decodeText(bytes.value)) : bytes;
}

function outputOf(license: CheckedLicense): Output {
  const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const json = { valid: true, ...license, issued: isoOf(license.issued), expiry: isoOf(license.expiry) };
  return { json, text: `valid until ${json.expiry ?? 'any time'}\n` };
}
