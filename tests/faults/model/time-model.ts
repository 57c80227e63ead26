import { DAY, MINUTE } from './history.ts';

/** Trusted time, as the documents promise it: what is kept of it, and what one process knows besides. */

export interface KeptTime {
  /** The greatest time that was believed. */
  readonly mark: number;
  /** The newest that was signed; null = none yet. */
  readonly signed: number | null;
  /** A local time too far ahead to be believed at the first look. */
  readonly claim: number | null;
}

export interface Run {
  /** It was so late at that moment of true time, and a clock that nobody can set has counted on. */
  floor: { readonly at: number; readonly moment: number } | null;
  seen: KeptTime | null;
  /** The claim that is kept, and since when this process knows it. */
  claim: { readonly at: number; readonly moment: number } | null;
  /** The last claim of this process. */
  own: number | null;
  /** How far ahead the clock was when the server contradicted it. */
  refuted: number | null;
}

/** A look at a machine's clock, at a moment of true time. */
export interface Glance {
  readonly local: number;
  readonly moment: number;
}

export const newRun = (): Run => ({ floor: null, seen: null, claim: null, own: null, refuted: null });

const TOLERANCE = 5 * MINUTE;
const BELIEVED = DAY;
const LASTS = 10 * MINUTE;
const STEP = 10 * MINUTE;

/** The process learns what is kept, which is done before all else. */
function follow(run: Run, kept: KeptTime | null, { moment }: Glance): void {
  const { seen, floor } = run;
  if (kept === null) {
    Object.assign(run, { floor: null, seen: null, claim: null });
    return;
  }
  const isLowered = seen !== null && (seen.signed !== kept.signed || kept.mark < seen.mark);
  const counted = floor === null || isLowered ? kept.mark : floor.at + moment - floor.moment;
  run.floor = { at: Math.max(kept.mark, counted), moment };
  run.seen = kept;
  if (kept.claim === null) run.claim = null;
  else if (run.claim?.at !== kept.claim) run.claim = { at: kept.claim, moment };
}

/** How late it is at least. */
const knownTime = ({ floor }: Run, { mark }: KeptTime, { moment }: Glance): number =>
  floor === null ? mark : Math.max(mark, floor.at + moment - floor.moment);

/** Whether the clock is behind beyond what is forgiven, and the time to compare with. */
export function trust(run: Run, kept: KeptTime | null, glance: Glance) {
  follow(run, kept, glance);
  const known = kept === null ? glance.local : knownTime(run, kept, glance);
  return { isBehind: known - glance.local > TOLERANCE, now: Math.max(known, glance.local) };
}

/** After a look at the clock. */
export function look(run: Run, kept: KeptTime, glance: Glance): KeptTime {
  follow(run, kept, glance);
  return looked(run, kept, glance);
}

/** A clock that is not far ahead is believed; one that is, once that lasts. */
function looked(run: Run, kept: KeptTime, glance: Glance): KeptTime {
  const { local, moment } = glance;
  const { signed, claim } = kept;
  const known = knownTime(run, kept, glance);
  const makeClaim = (mark: number) => {
    Object.assign(run, { claim: { at: local, moment }, own: local });
    return { mark, signed, claim: local };
  };
  if (local - known <= BELIEVED) {
    run.refuted = null;
    return { mark: Math.max(known, local), signed, claim: null };
  }
  if (claim === null || local < claim - TOLERANCE) return makeClaim(known);
  const isContradicted = run.refuted !== null && local - known >= run.refuted - TOLERANCE;
  const lasted = run.claim?.at === claim && moment - run.claim.moment >= LASTS;
  const movedOn = run.own !== claim && local - claim >= LASTS;
  if (isContradicted || !(lasted || movedOn)) return { mark: known, signed, claim };
  const mark = Math.max(known, claim);
  return local - mark <= BELIEVED ? { mark: local, signed, claim: null } : makeClaim(mark);
}

/** After an answer of the server, whose time counts more than anything else. @param stated null = no answer came */
export function answered(run: Run, kept: KeptTime | null, glance: Glance, stated: number | null): KeptTime {
  follow(run, kept, glance);
  const { local, moment } = glance;
  if (stated === null) return looked(run, kept ?? { mark: local, signed: null, claim: null }, glance);
  run.floor = { at: stated, moment };
  const by = local - stated;
  if (by <= BELIEVED) {
    Object.assign(run, { claim: null, refuted: null });
    return { mark: stated, signed: stated, claim: null };
  }
  Object.assign(run, { claim: { at: local, moment }, own: local, refuted: by });
  return { mark: stated, signed: stated, claim: local };
}

/** After a response was applied: it tells the time afresh, though never less than was signed before. */
export function responded(run: Run, kept: KeptTime | null, glance: Glance, issued: number): KeptTime {
  follow(run, kept, glance);
  const signed = Math.max(issued, kept?.signed ?? issued);
  Object.assign(run, { floor: { at: signed, moment: glance.moment }, refuted: null });
  return looked(run, { mark: signed, signed, claim: null }, glance);
}

/** After a refresh was applied: it may be old, so it can only raise the mark. */
export function refreshed(run: Run, kept: KeptTime | null, glance: Glance, issued: number): KeptTime {
  follow(run, kept, glance);
  const mark = kept === null ? issued : Math.max(issued, knownTime(run, kept, glance));
  const signed = Math.max(issued, kept?.signed ?? issued);
  return looked(run, { mark, signed, claim: kept?.claim ?? null }, glance);
}

/** Whether time has moved enough to be written. */
export function worthWriting(stored: KeptTime, next: KeptTime): boolean {
  if (stored.claim !== next.claim) return true;
  const fallen = stored.mark - next.mark;
  if (fallen > MINUTE || -fallen >= STEP) return true;
  if (stored.signed === null || next.signed === null) return stored.signed !== next.signed;
  return Math.abs(next.signed - stored.signed) >= STEP;
}
