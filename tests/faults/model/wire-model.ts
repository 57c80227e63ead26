import type { Network } from './history.ts';
import type { Answer } from './server-model.ts';

/** How a call ended for the one who made it. */
export type Heard<T> =
  | { readonly ok: true; readonly value: T; readonly nonce: number | null }
  | {
      readonly ok: false;
      readonly code: string;
      /** `refused`: the server said no. `unsent`: it never heard of it. `unknown`: it may have acted. */
      readonly end: 'refused' | 'unsent' | 'unknown';
      readonly nonce: number | null;
      /** Whether an answer came, which tells the server's time. */
      readonly answered: boolean;
    };

/** The network during one operation. */
export class WireModel {
  #calls = 0;
  readonly #net: Network;

  constructor(net: Network) {
    this.#net = net;
  }

  call<T>(act: () => Answer<T>): Heard<T> {
    const lost = { ok: false, code: 'serverUnreachable', nonce: null, answered: false } as const;
    if (this.#net === 'none') return { ...lost, end: 'unsent' };
    const fault = this.#net[this.#calls] ?? null;
    this.#calls += 1;
    switch (fault) {
      case 500:
        return { ok: false, code: 'serverError', end: 'unknown', nonce: null, answered: true };
      case 429:
        return { ok: false, code: 'rateLimited', end: 'refused', nonce: null, answered: true };
      case 'cutBefore':
        return { ...lost, end: 'unknown' };
      case 'cutAfter':
        act();
        return { ...lost, end: 'unknown' };
      case null:
        break;
    }
    const answer = act();
    return answer.ok ? answer : { ...answer, end: 'refused', answered: true };
  }
}

/** A refusal at the door, which says nothing about seats. */
export const wasTurnedAway = (code: string): boolean => code === 'rateLimited' || code === 'requestRefused';
