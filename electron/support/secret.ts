import { inspect } from 'node:util';

/** What a secret is; shown in its place. */
export type SecretKind =
  'activationCode' | 'accessToken' | 'identityToken' | 'nonce' | 'password' | 'verifier' | 'key';

/**
 * A secret on its way through the program. Threat: somebody prints, logs, joins, serialises or throws an object that has
 * one in it, or sends it to the window. Each of these shows its kind; the value comes out by name only. Its type keeps it
 * out besides: it is no text, so that no fact, evidence or answer can hold it, and a log refuses it (ports.ts).
 */
export class Secret<K extends SecretKind = SecretKind> {
  readonly kind: K;
  readonly #value: string;

  constructor(kind: K, value: string) {
    this.kind = kind;
    this.#value = value;
  }

  /** The value, for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }

  /** Whether two are the same; `===` compares no values. */
  isSame(other: Secret<K>): boolean {
    return this.#value === other.#value;
  }

  /** The same secret, written in another way. */
  rewritten(change: (value: string) => string): Secret<K> {
    return new Secret(this.kind, change(this.#value));
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
