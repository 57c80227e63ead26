import * as v from 'valibot';
import { Secret, type SecretKind } from './secret.ts';

/**
 * A text that is a secret from the moment on that it was read. The vault writes it out again (vault/sealed-json.ts).
 * @param max characters
 */
export function secretText<K extends SecretKind>(kind: K, max: number) {
  return v.pipe(
    v.string(),
    v.maxLength(max),
    v.transform((value) => new Secret(kind, value)),
  );
}
