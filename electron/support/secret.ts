import { inspect } from 'node:util';

/** What a secret is; shown in its place. */
export type SecretKind = 'activationCode' | 'accessToken' | 'nonce' | 'password' | 'key' | 'seatName';

/**
 * A secret on its way through the program. Threat: somebody prints, logs, joins or serialises an object that has one in
 * it. Each of these shows its kind; the value comes out by name only.
 */
export class Secret {
  readonly kind: SecretKind;
  readonly #value: string;

  constructor(kind: SecretKind, value: string) {
    this.kind = kind;
    this.#value = value;
  }

  /** The value, for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return `[${this.kind}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
