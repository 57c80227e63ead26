import type { ClockAhead, Instant, TrustedNow } from '../../shared/license/types.ts';

/*
 * Trusted time (CLOCK.md has the rules in words). What is kept says how late it was for certain; what a run knows is
 * how long ago that was, by a clock that nobody can set. Pure: instants come in, instants go out.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far the local clock may be behind the trusted time before it is called wrong (design, section 2). */
export const CLOCK_TOLERANCE = 5 * MINUTE;

/** How far ahead of the trusted time a look at the local clock is believed at once. */
export const BELIEVED = DAY;

/** How long a local time that is further ahead has to go on before it is believed. */
export const CONFIRMED_AFTER = 10 * MINUTE;

/** Kept time is written when it has moved by this much, so that looking at a license doesn't wear the disk. */
const WRITE_STEP = 10 * MINUTE;

/** A mark that an answer lowers by less is left as it is: seconds that are rounded away differently are no news. */
const WRITE_FALL = MINUTE;

/** What the vault keeps of time. */
export interface KeptTime {
  /** High-water mark: the greatest time that was believed since the last one that lowered it. */
  readonly mark: Instant;
  /** The newest signed time: of a pinned answer, else the greatest `iat` of a token; null = none since there are any. */
  readonly signed: Instant | null;
  /** A local time too far ahead of the mark to be believed at the first look. */
  readonly claim: Instant | null;
}

/** One look at the two clocks of the machine, milliseconds. */
export interface Look {
  /** The operating system's clock, which anyone may have set. */
  readonly local: Instant;
  /** Counts from some fixed point while the process runs; on Linux and macOS not while the machine sleeps. */
  readonly monotonic: number;
}

/** What a process knows beyond what is kept; it ends with the process. */
export interface RunTime {
  /** Mark and signed time as they were last read; null = nothing was. */
  readonly seen: Pick<KeptTime, 'mark' | 'signed'> | null;
  /** It was this late when the monotonic clock stood there, so it is later by what has passed since, or by more. */
  readonly floor: { readonly at: Instant; readonly monotonic: number } | null;
  /** The claim that is kept, and when this run first met it. */
  readonly claim: { readonly at: Instant; readonly monotonic: number } | null;
  /** The last claim that this run itself has made. */
  readonly own: Instant | null;
  /** How far the local clock was ahead when the server last stated the time in this run, if that was not believable. */
  readonly refutedBy: number | null;
}

/** A run that has read nothing yet. */
export const NEW_RUN: RunTime = { seen: null, floor: null, claim: null, own: null, refutedBy: null };

/** What a look or a signed time makes of both. */
export interface Step {
  readonly kept: KeptTime;
  readonly run: RunTime;
}

/** Brings a run into step with what is kept, which another process may have changed. To be done before all else. */
export function follow(run: RunTime, kept: KeptTime | null, { monotonic }: Look): RunTime {
  if (kept === null) return { ...NEW_RUN, own: run.own, refutedBy: run.refutedBy };
  const { mark, signed, claim } = kept;
  const isLowered = run.seen !== null && (signed !== run.seen.signed || mark < run.seen.mark);
  const floor = run.floor === null || isLowered ? mark : Math.max(mark, floorNow(run.floor, monotonic));
  return {
    ...run,
    seen: { mark, signed },
    floor: { at: floor, monotonic },
    claim: claim === null ? null : run.claim?.at === claim ? run.claim : { at: claim, monotonic },
  };
}

function floorNow(floor: NonNullable<RunTime['floor']>, monotonic: number): Instant {
  return floor.at + Math.max(0, monotonic - floor.monotonic);
}

/** How late it is at least. */
function knownTime({ mark }: KeptTime, { floor }: RunTime, { monotonic }: Look): Instant {
  return floor === null ? mark : Math.max(mark, floorNow(floor, monotonic));
}

/**
 * The instant to compare leases with, and what is wrong with the local clock. A claim that is not believed counts all
 * the same: what is over by the present clock is over.
 * @param kept null = nothing was ever kept
 */
export function trustedNow(kept: KeptTime | null, run: RunTime, look: Look): TrustedNow {
  const { local } = look;
  if (kept === null) return { now: local, behindBy: 0, ahead: null };
  const known = knownTime(kept, run, look);
  return {
    now: Math.max(local, known),
    behindBy: known - local > CLOCK_TOLERANCE ? known - local : 0,
    ahead: local - known > BELIEVED ? aheadOf(known, kept, run, local) : null,
  };
}

function aheadOf(known: Instant, { claim }: KeptTime, run: RunTime, local: Instant): ClockAhead {
  const by = local - known;
  return { by, known, since: Math.min(claim ?? local, local), isCertain: isRefuted(run, by) };
}

/** Whether the local clock is still as far ahead as it was when the server contradicted it. */
function isRefuted({ refutedBy }: RunTime, by: number): boolean {
  return refutedBy !== null && by >= refutedBy - CLOCK_TOLERANCE;
}

/**
 * The instant that says whether a token has expired: of the local clock and the signed times the greater. Not the
 * mark, which looks at a clock in a wrong year may have raised: the response is the way out of that.
 */
export function expiryNow(kept: KeptTime | null, local: Instant): Instant {
  return Math.max(local, kept?.signed ?? local);
}

/**
 * After a look at the local clock. The mark only grows, or setting the clock back would stretch a lease; and it does
 * not follow a clock that is far ahead before that is confirmed, or an honest mistake would lock the user out.
 */
export function afterLook(kept: KeptTime, run: RunTime, look: Look): Step {
  const { local } = look;
  const { signed, claim } = kept;
  const known = knownTime(kept, run, look);
  if (local - known <= BELIEVED) {
    return {
      kept: { mark: Math.max(known, local), signed, claim: null },
      run: { ...run, refutedBy: null },
    };
  }
  if (claim === null || local < claim - CLOCK_TOLERANCE) {
    return { kept: { mark: known, signed, claim: local }, run: claiming(run, look) };
  }
  if (isRefuted(run, local - known) || !isConfirmed(claim, run, look))
    return { kept: { mark: known, signed, claim }, run };
  const mark = Math.max(known, claim);
  // What the run knows of the claim stays until it is not kept any more: the first look may be a look ahead only.
  return local - mark <= BELIEVED
    ? { kept: { mark: local, signed, claim: null }, run }
    : // It has jumped once more since.
      { kept: { mark, signed, claim: local }, run: claiming(run, look) };
}

function claiming(run: RunTime, { local, monotonic }: Look): RunTime {
  return { ...run, claim: { at: local, monotonic }, own: local };
}

/** Whether a claim that the local clock has reached again, or never left, is to be believed. */
function isConfirmed(claim: Instant, run: RunTime, { local, monotonic }: Look): boolean {
  const lasted = run.claim !== null && monotonic - run.claim.monotonic >= CONFIRMED_AFTER;
  return lasted || (run.own !== claim && local - claim >= CONFIRMED_AFTER);
}

/**
 * After an answer over the pinned connection. The server's time counts more than anything that was seen here, and may
 * lower the mark: it is the way back for a user whose clock once ran in a wrong year.
 * @param kept null = nothing was ever kept
 * @param serverTime null = the server stated none
 */
export function afterAnswer(
  kept: KeptTime | null,
  run: RunTime,
  look: Look,
  serverTime: Instant | null,
): Step {
  const { local, monotonic } = look;
  if (serverTime === null) {
    return afterLook(kept ?? { mark: local, signed: null, claim: null }, run, look);
  }
  const floor = { at: serverTime, monotonic };
  const by = local - serverTime;
  const stated = { mark: serverTime, signed: serverTime };
  return by > BELIEVED
    ? { kept: { ...stated, claim: local }, run: { ...claiming(run, look), floor, refutedBy: by } }
    : { kept: { ...stated, claim: null }, run: { ...run, floor, claim: null, refutedBy: null } };
}

/**
 * After a response to a request of ours was applied. It was signed after that request, so it tells the time afresh
 * and may lower a mark that local looks have raised, though never below a signed time.
 * @param issued `iat`
 */
export function afterResponse(kept: KeptTime | null, run: RunTime, look: Look, issued: Instant): Step {
  const signed = Math.max(issued, kept?.signed ?? issued);
  const floor = { at: signed, monotonic: look.monotonic };
  return afterLook({ mark: signed, signed, claim: null }, { ...run, floor, refutedBy: null }, look);
}

/**
 * After a refresh token was applied. It may have been kept back for years, so it can raise the mark only: with a
 * hoard of them the clock could else be taken back as often as wished.
 * @param issued `iat`
 */
export function afterRefresh(kept: KeptTime | null, run: RunTime, look: Look, issued: Instant): Step {
  const mark = Math.max(issued, kept === null ? issued : knownTime(kept, run, look));
  const signed = Math.max(issued, kept?.signed ?? issued);
  return afterLook({ mark, signed, claim: kept?.claim ?? null }, run, look);
}

/** Whether kept time has moved enough to be written. What lowers the mark, and claims, always are. */
export function worthWriting(stored: KeptTime, next: KeptTime): boolean {
  if (stored.claim !== next.claim) return true;
  const fallen = stored.mark - next.mark;
  if (fallen > WRITE_FALL || -fallen >= WRITE_STEP) return true;
  if (stored.signed === null || next.signed === null) return stored.signed !== next.signed;
  return Math.abs(next.signed - stored.signed) >= WRITE_STEP;
}
