import type { Instant, TrustedNow } from '../../shared/license/types.ts';
import type { Clock } from '../ports.ts';
import {
  afterAnswer,
  afterLook,
  afterRefresh,
  afterResponse,
  expiryNow,
  follow,
  NEW_RUN,
  trustedNow,
  type KeptTime,
  type Look,
  type RunTime,
  type Step,
} from './clock-policy.ts';

/**
 * Trusted time within one process: the rules of clock-policy.ts with the memory of this run. What is kept (of the
 * device record) comes in with every question, since another process may have changed it; what comes out of the last
 * four is to be kept. `kept` null = nothing was ever kept.
 */
export interface RunClock {
  /** Changes nothing that is kept. */
  readonly now: (kept: KeptTime | null) => TrustedNow;
  /** The instant to judge the expiry of a token by. */
  readonly expiryNow: (kept: KeptTime | null) => Instant;
  readonly look: (kept: KeptTime) => KeptTime;
  /** @param serverTime what a pinned answer stated; null = none */
  readonly answered: (kept: KeptTime | null, serverTime: Instant | null) => KeptTime;
  /** @param issued `iat` of the response */
  readonly response: (kept: KeptTime | null, issued: Instant) => KeptTime;
  /** @param issued `iat` of the refresh token */
  readonly refresh: (kept: KeptTime | null, issued: Instant) => KeptTime;
}

/** Makes the clock of a run; one per process and installation. */
export function createRunClock(clock: Clock): RunClock {
  let run: RunTime = NEW_RUN;

  const look = (kept: KeptTime | null): Look => {
    const seen = { local: clock.now(), monotonic: clock.monotonic() };
    run = follow(run, kept, seen);
    return seen;
  };
  const take = (step: Step): KeptTime => {
    run = step.run;
    return step.kept;
  };
  return {
    now: (kept) => {
      const seen = look(kept);
      return trustedNow(kept, run, seen);
    },
    expiryNow: (kept) => expiryNow(kept, clock.now()),
    look: (kept) => {
      const seen = look(kept);
      return take(afterLook(kept, run, seen));
    },
    answered: (kept, serverTime) => {
      const seen = look(kept);
      return take(afterAnswer(kept, run, seen, serverTime));
    },
    response: (kept, issued) => {
      const seen = look(kept);
      return take(afterResponse(kept, run, seen, issued));
    },
    refresh: (kept, issued) => {
      const seen = look(kept);
      return take(afterRefresh(kept, run, seen, issued));
    },
  };
}
