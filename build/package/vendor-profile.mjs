import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseProfile } from '../../shared/profile.ts';

/**
 * The vendor profile that LATCHKEY_PROFILE names: an application with a wrong one would not start at the customer's.
 *
 * @returns {{ readonly file: string, readonly profile: import('../../shared/profile.ts').VendorProfile }}
 * @throws {Error} one sentence for the vendor
 */
export function readVendorProfile() {
  const named = process.env['LATCHKEY_PROFILE'];
  if (named === undefined || named === '') {
    throw new Error('Name the vendor profile to ship: npm run package -- --profile FILE');
  }
  const file = path.resolve(named);
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is not there or is not JSON.`);
  }
  const parsed = parseProfile(value);
  if (!parsed.ok) {
    throw new Error(
      `${file} is not a valid vendor profile: ${parsed.error.facts?.field ?? parsed.error.code}`,
    );
  }
  return { file, profile: parsed.value };
}
