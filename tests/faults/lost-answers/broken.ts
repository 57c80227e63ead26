import { aroundEachCall } from '../../../electron/api/around-each-call.ts';
import type { Call, CallOptions } from '../../../electron/api/client.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { err, ok } from '../../../shared/result.ts';
import { MUTANTS, withApi, withWrites } from '../model/mutants.ts';
import type { Mutation } from '../model/real-installation.ts';

/** Defects to be put into the engine: each is one that a lost answer at the right moment turns into a loss. */

async function twice<T>(options: CallOptions | undefined, call: (options: CallOptions) => Call<T>): Call<T> {
  const first = await call({ ...options });
  return first.ok || first.error.end !== 'unknown' ? first : call({ ...options });
}

async function unsent<T>(options: CallOptions | undefined, call: (options: CallOptions) => Call<T>): Call<T> {
  const answer = await call({ ...options });
  return answer.ok || answer.error.end !== 'unknown' ? answer : err({ ...answer.error, end: 'unsent' });
}

const mutant = (name: string): Mutation => {
  const found = MUTANTS[name];
  if (found === undefined) throw new Error(`there is no such mutant: ${name}`);
  return found;
};

export const DEFECTS = {
  /** The intent to make a call in the nonce chain is not written. */
  noCallJournal: mutant('a call that was begun is not written down'),
  /** The token of an earlier activation is not kept. */
  lostRelease: mutant('the seat of an earlier activation is forgotten'),
  /** An answer that was cut off counts as a call that was never made. */
  unheardIsUnsent: withApi((api) => aroundEachCall(api, unsent)),
  /** A call that was cut off is simply made again. */
  blindRetry: withApi((api) => aroundEachCall(api, twice)),
  /** What a checkout was for is not written down. */
  forgottenWish: withWrites((_, value) => {
    const { feature: _feature, ...rest } = value;
    return value['kind'] === 'call' ? rest : value;
  }),
  /** A tracked use that is repeated counts as another one. */
  newKeyEachTime: withApi((api) => ({
    trackFeatureUsage: (session, key, _idempotencyKey, options) =>
      api.trackFeatureUsage(session, key, systemRandom.uuid(), options),
  })),
  /** A certificate whose answer was cut off counts as never asked for. */
  unheardCertificate: withApi((api) => ({
    issueCertificate: (session, csr, options) =>
      unsent(options, (chosen) => api.issueCertificate(session, csr, chosen)),
  })),
  /** A deactivation that nobody has answered counts as done. */
  assumedRelease: withApi((api) => ({
    deactivate: async (accessToken, options) => {
      const answer = await api.deactivate(accessToken, options);
      return answer.ok || answer.error.end !== 'unknown'
        ? answer
        : ok({ value: null, nonce: null, serverTime: null });
    },
  })),
} satisfies Readonly<Record<string, Mutation>>;

export type Defect = keyof typeof DEFECTS;
