import * as v from 'valibot';
import { failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { CallOptions } from './client.ts';
import { ZENTITLE2, type Dialect } from './dialect.ts';
import { failureOfAnswer } from './error-policy.ts';
import { chainWith, embeddedKeys, trustedAfter, type TrustedKeys } from './key-update-policy.ts';
import type { Transport } from './transport.ts';

/** Where updates are kept between runs: signed texts, in order. They are verified whenever they are read. */
export interface KeyUpdateStore {
  readonly read: () => readonly string[];
  readonly write: (chain: readonly string[]) => Result<null>;
}

/** Pins and server keys, as the profile and signed updates have them. */
export interface KeyUpdates {
  readonly trusted: () => TrustedKeys;
  /**
   * Asks the server for a newer set. `updated` false: what it has is not newer. Errors: those of a call, and
   * `answerMalformed` with the reason in `field` for an update that is not accepted; what counted goes on counting.
   */
  readonly refresh: (options?: CallOptions) => Promise<Result<{ readonly updated: boolean }>>;
}

export interface KeyUpdateOptions {
  readonly profile: VendorProfile;
  readonly transport: Transport;
  readonly store: KeyUpdateStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly dialect?: Dialect;
}

const answer = v.object({ signed: v.pipe(v.string(), v.maxLength(16_384)) });

export function createKeyUpdates(options: KeyUpdateOptions): KeyUpdates {
  const { profile, transport, store, clock, random, log, dialect = ZENTITLE2 } = options;
  const embedded = embeddedKeys(profile);
  let known: { readonly texts: string; readonly trusted: TrustedKeys } | null = null;
  /** As the store is now: another process may have been quicker, with something newer. */
  const trustedNow = (chain: readonly string[]): TrustedKeys => {
    const texts = chain.join('\n');
    if (known?.texts !== texts) known = { texts, trusted: trustedAfter(chain, embedded) };
    return known.trusted;
  };

  const refresh: KeyUpdates['refresh'] = async (limits) => {
    const url = new URL(profile.api.url.replace(/\/+$/, '') + dialect.paths.keys);
    const correlationId = random.uuid();
    const facts = { host: url.host, correlationId };
    const sent = await transport({
      method: 'GET',
      url,
      headers: {
        'N-TenantId': profile.tenantId,
        'N-ApiVersion': dialect.apiVersion,
        'X-Correlation-Id': correlationId,
      },
      idempotent: true,
      ...limits,
    });
    if (!sent.ok)
      return err(failure(sent.error.failure.code, { ...sent.error.failure.facts, correlationId }));
    const { status, body } = sent.value;
    if (status >= 400) return err(failureOfAnswer(status, body, facts, dialect));
    const parsed = v.safeParse(answer, body);
    if (!parsed.success) return err(failure('answerMalformed', { ...facts, status }));
    const next = chainWith(store.read(), parsed.output.signed, embedded, clock.now());
    if (!next.ok) {
      if (next.error === 'notNewer') return ok({ updated: false });
      log.warn('A key update was not accepted', { reason: next.error, correlationId });
      return err(failure('answerMalformed', { ...facts, field: `signed: ${next.error}` }));
    }
    const written = store.write(next.value);
    if (!written.ok) return written;
    const trusted = trustedNow(next.value);
    log.info('Keys and pins were updated', { pins: trusted.pins.length, issuedAt: trusted.issuedAt });
    return ok({ updated: true });
  };
  return { trusted: () => trustedNow(store.read()), refresh };
}
