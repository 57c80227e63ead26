import { Secret } from '../support/secret.ts';
import type { SealableObject } from './types.ts';

/** The JSON text of a record that is about to be sealed: the one place where secrets are written out. */
export function sealedJson(content: { readonly value: SealableObject } & SealableObject): string {
  // A replacer is given what `toJSON` has made of a value already; the holder has the value itself.
  return JSON.stringify(content, function (this: Readonly<Record<string, unknown>>, name, value: unknown) {
    const original = this[name];
    return original instanceof Secret ? original.reveal() : value;
  });
}
