import { describe, expect, it } from 'vitest';
import {
  afterAnswer,
  afterLook,
  afterRefresh,
  afterResponse,
  BELIEVED,
  CLOCK_TOLERANCE,
  CONFIRMED_AFTER,
  expiryNow,
  follow,
  NEW_RUN,
  trustedNow,
  worthWriting,
  type KeptTime,
} from '../../../electron/license/clock-policy.ts';
import { run } from './clock-run.ts';

const NOON = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const kept = (changes: Partial<KeptTime> = {}): KeptTime => ({
  mark: NOON,
  signed: null,
  claim: null,
  ...changes,
});
const at = (local: number) => ({ local, monotonic: 0 });

describe('trustedNow, of a run that has read nothing yet', () => {
  it.each([
    ['the clock is at the mark', NOON, NOON, 0],
    ['the clock is ahead', NOON + 1, NOON + 1, 0],
    ['the clock is behind within the tolerance', NOON - CLOCK_TOLERANCE, NOON, 0],
    ['the clock is behind by more', NOON - CLOCK_TOLERANCE - 1, NOON, CLOCK_TOLERANCE + 1],
    ['the clock is in another year', 0, NOON, NOON],
  ])('%s', (_name, local, now, behindBy) => {
    expect(trustedNow(kept(), NEW_RUN, at(local))).toEqual({ now, behindBy, ahead: null });
  });

  it('takes the clock for what it says where nothing was ever kept', () => {
    expect(trustedNow(null, NEW_RUN, at(NOON))).toEqual({ now: NOON, behindBy: 0, ahead: null });
  });

  it.each([
    [BELIEVED, null],
    [BELIEVED + 1, { by: BELIEVED + 1, known: NOON, since: NOON + BELIEVED + 1, isCertain: false }],
  ])('calls a clock that is %d milliseconds ahead unbelieved: %j', (by, ahead) => {
    const { now, ahead: told } = trustedNow(kept(), NEW_RUN, at(NOON + by));
    // What is over by the present clock is over.
    expect({ now, told }).toEqual({ now: NOON + by, told: ahead });
  });

  it('says since when, where that was noted', () => {
    const since = NOON + 3 * DAY;
    expect(trustedNow(kept({ claim: since }), NEW_RUN, at(since + HOUR)).ahead?.since).toBe(since);
  });
});

describe('looking at the local clock', () => {
  it.each([
    ['follows a clock that goes on', MINUTE, NOON + MINUTE],
    ['follows one that was switched off for a day', BELIEVED, NOON + BELIEVED],
    ['does not follow one that is behind', -MINUTE, NOON],
    ['does not follow one that is further ahead', BELIEVED + 1, NOON],
  ])('%s', (_name, moved, mark) => {
    expect(afterLook(kept(), NEW_RUN, at(NOON + moved)).kept.mark).toBe(mark);
  });

  it('notes what it does not believe, and forgets it when the clock is put right', () => {
    const device = run(kept());
    device.look(NOON + YEAR);
    expect(device.kept()).toEqual(kept({ claim: NOON + YEAR }));
    device.pass(MINUTE);
    device.look(NOON + HOUR);
    expect(device.kept()).toEqual(kept({ mark: NOON + HOUR }));
    expect(device.now(NOON + HOUR)).toEqual({ now: NOON + HOUR, behindBy: 0, ahead: null });
  });

  it.each([
    ['that has gone on for long enough', CONFIRMED_AFTER, true],
    ['that has not', CONFIRMED_AFTER - 1, false],
  ])('in one run believes a claim %s', (_name, passed, believed) => {
    const device = run(kept());
    device.look(NOON + YEAR);
    device.pass(passed);
    device.look(NOON + YEAR + passed);
    expect(device.kept().mark).toBe(believed ? NOON + YEAR + passed : NOON + passed);
    expect(device.kept().claim).toBe(believed ? null : NOON + YEAR);
  });

  it('is not talked into it by a clock that is put on further within one run', () => {
    const device = run(kept());
    device.look(NOON + YEAR);
    device.look(NOON + 2 * YEAR);
    expect(device.kept()).toEqual(kept({ claim: NOON + YEAR }));
  });

  it.each([
    ['later by as much', CONFIRMED_AFTER, true],
    ['later by less', CONFIRMED_AFTER - 1, false],
  ])('in a later run believes a claim that is seen again, %s', (_name, passed, believed) => {
    const device = run(kept());
    device.look(NOON + YEAR);
    device.restart();
    device.look(NOON + YEAR + passed);
    expect(device.kept().mark).toBe(believed ? NOON + YEAR + passed : NOON);
  });

  it('believes of a clock that has jumped once more only what was confirmed', () => {
    const device = run(kept());
    device.look(NOON + YEAR);
    device.restart();
    device.look(NOON + 2 * YEAR);
    expect(device.kept()).toEqual(kept({ mark: NOON + YEAR, claim: NOON + 2 * YEAR }));
  });

  it('notes a clock anew that was only put back in part', () => {
    const device = run(kept());
    device.look(NOON + 10 * YEAR);
    device.restart();
    device.look(NOON + YEAR);
    expect(device.kept()).toEqual(kept({ claim: NOON + YEAR }));
  });
});

describe('the clock that nobody can set', () => {
  it('notices at once that the local one was put back, though nothing was written since', () => {
    const device = run(kept());
    device.look(NOON);
    device.pass(2 * HOUR);
    expect(device.now(NOON)).toMatchObject({ now: NOON + 2 * HOUR, behindBy: 2 * HOUR });
    expect(device.now(NOON + 2 * HOUR)).toMatchObject({ now: NOON + 2 * HOUR, behindBy: 0 });
  });

  it('raises the mark by itself', () => {
    const device = run(kept());
    device.look(NOON);
    device.pass(HOUR);
    device.look(NOON - DAY);
    expect(device.kept()).toEqual(kept({ mark: NOON + HOUR }));
  });

  it('raises the mark also where the local one is not believed', () => {
    const device = run(kept());
    device.look(NOON);
    device.pass(HOUR);
    device.look(NOON + YEAR);
    expect(device.kept()).toEqual(kept({ mark: NOON + HOUR, claim: NOON + YEAR }));
  });

  it('stands still while the machine sleeps, and the local clock is then believed', () => {
    const device = run(kept());
    device.look(NOON);
    device.look(NOON + 9 * HOUR);
    expect(device.kept().mark).toBe(NOON + 9 * HOUR);
    expect(device.now(NOON + 9 * HOUR)).toMatchObject({ behindBy: 0, ahead: null });
  });

  it('begins anew where another process has heard the time from the server', () => {
    const wrong = kept({ mark: NOON + YEAR });
    const before = follow(NEW_RUN, wrong, at(NOON));
    const stated = kept({ signed: NOON });
    const after = follow(before, stated, { local: NOON, monotonic: HOUR });
    expect(trustedNow(stated, after, { local: NOON, monotonic: HOUR })).toMatchObject({ behindBy: 0 });
  });

  it('does not lose what it knows where another process has written a lesser mark', () => {
    const before = follow(NEW_RUN, kept(), at(NOON));
    const later = { local: NOON, monotonic: 2 * HOUR };
    const raised = kept({ mark: NOON + HOUR });
    expect(trustedNow(raised, follow(before, raised, later), later).now).toBe(NOON + 2 * HOUR);
  });

  it('begins anew with another device record', () => {
    const before = follow(NEW_RUN, kept({ mark: NOON + YEAR }), at(NOON));
    const gone = follow(before, null, at(NOON));
    expect(trustedNow(kept(), follow(gone, kept(), at(NOON)), at(NOON)).behindBy).toBe(0);
  });
});

describe('an answer of the server', () => {
  it.each([
    ['raises the mark', kept(), NOON + HOUR, NOON + 9 * MINUTE],
    ['lowers it', kept({ mark: NOON + YEAR }), NOON, NOON],
    ['lowers it below an earlier answer', kept({ signed: NOON }), NOON, NOON - HOUR],
    ['begins it', null, NOON, NOON + MINUTE],
  ])('%s', (_name, before, local, stated) => {
    const after = afterAnswer(before, NEW_RUN, at(local), stated).kept;
    expect(after).toEqual({ mark: stated, signed: stated, claim: null });
  });

  it('that states no time is a look at the local clock', () => {
    expect(afterAnswer(kept(), NEW_RUN, at(NOON + HOUR), null).kept).toEqual(kept({ mark: NOON + HOUR }));
    expect(afterAnswer(kept(), NEW_RUN, at(NOON - HOUR), null).kept).toEqual(kept());
    expect(afterAnswer(null, NEW_RUN, at(NOON), null).kept).toEqual(kept());
  });

  it('confirms a claim that it agrees with', () => {
    const later = NOON + 30 * DAY;
    const after = afterAnswer(kept({ claim: later }), NEW_RUN, at(later), later).kept;
    expect(after).toEqual({ mark: later, signed: later, claim: null });
  });

  it('makes certain that the clock is wrong, which no waiting turns into belief', () => {
    const device = run(kept());
    device.answered(NOON + YEAR, NOON);
    expect(device.now(NOON + YEAR).ahead).toMatchObject({ by: YEAR, isCertain: true });
    device.pass(2 * HOUR);
    device.look(NOON + YEAR + 2 * HOUR);
    expect(device.kept()).toEqual({ mark: NOON + 2 * HOUR, signed: NOON, claim: NOON + YEAR });
    expect(device.now(NOON + YEAR + 2 * HOUR).ahead?.isCertain).toBe(true);
    device.look(NOON + 2 * HOUR);
    expect(device.now(NOON + 2 * HOUR)).toMatchObject({ behindBy: 0, ahead: null });
  });

  it('is not certain any more of a clock that was put back in part', () => {
    const device = run(kept());
    device.answered(NOON + YEAR, NOON);
    expect(device.now(NOON + 30 * DAY).ahead).toMatchObject({ by: 30 * DAY, isCertain: false });
  });

  it('counts from now on, whatever the run has believed before', () => {
    const wrong = NOON + YEAR;
    const before = follow(NEW_RUN, kept({ mark: wrong }), at(wrong));
    const { kept: stated, run: after } = afterAnswer(kept({ mark: wrong }), before, at(wrong), NOON);
    expect(trustedNow(stated, after, at(wrong)).ahead).toMatchObject({ by: YEAR, isCertain: true });
  });

  it('says nothing of a clock that jumps afterwards, as it does when the machine was paused', () => {
    const device = run(kept());
    device.answered(NOON, NOON);
    device.look(NOON + 3 * DAY);
    expect(device.now(NOON + 3 * DAY).ahead?.isCertain).toBe(false);
    device.pass(CONFIRMED_AFTER);
    device.look(NOON + 3 * DAY + CONFIRMED_AFTER);
    expect(device.kept().mark).toBe(NOON + 3 * DAY + CONFIRMED_AFTER);
  });
});

describe('a response to our own request', () => {
  it('lowers a mark that only looks have raised', () => {
    const after = afterResponse(kept({ mark: NOON + YEAR }), NEW_RUN, at(NOON + MINUTE), NOON).kept;
    expect(after).toEqual({ mark: NOON + MINUTE, signed: NOON, claim: null });
  });

  it('does not lower it below a signed time', () => {
    const before = kept({ mark: NOON + YEAR, signed: NOON + HOUR });
    const after = afterResponse(before, NEW_RUN, at(NOON), NOON).kept;
    expect(after).toEqual({ mark: NOON + HOUR, signed: NOON + HOUR, claim: null });
  });

  it('takes the claim of a clock that is still wrong for unconfirmed again', () => {
    const wrong = NOON + YEAR;
    const after = afterResponse(kept({ claim: wrong - HOUR }), NEW_RUN, at(wrong), NOON).kept;
    expect(after).toEqual({ mark: NOON, signed: NOON, claim: wrong });
  });

  it('begins the mark, and the local clock is looked at', () => {
    expect(afterResponse(null, NEW_RUN, at(NOON + HOUR), NOON).kept.mark).toBe(NOON + HOUR);
    expect(afterResponse(null, NEW_RUN, at(NOON - HOUR), NOON).kept.mark).toBe(NOON);
  });
});

describe('a refresh token', () => {
  it.each([
    ['raises the mark', kept(), NOON + DAY, NOON + DAY],
    ['never lowers it', kept({ mark: NOON + YEAR }), NOON, NOON + YEAR],
    ['begins it', null, NOON + HOUR, NOON + HOUR],
  ])('%s', (_name, before, issued, mark) => {
    expect(afterRefresh(before, NEW_RUN, at(NOON), issued).kept.mark).toBe(mark);
  });

  it.each([
    [null, NOON],
    [NOON - DAY, NOON],
    [NOON + DAY, NOON + DAY],
  ])('leaves of the signed times the greater: %j', (signed, expected) => {
    expect(afterRefresh(kept({ signed }), NEW_RUN, at(NOON), NOON).kept.signed).toBe(expected);
  });
});

describe('the expiry of a token', () => {
  it.each([
    ['the local clock', kept({ signed: NOON - DAY }), NOON],
    ['the greatest signed time', kept({ signed: NOON + DAY }), NOON + DAY],
    ['the local clock where nothing was signed', kept(), NOON],
    ['the local clock where nothing was kept', null, NOON],
    ['not a mark that looks have raised', kept({ mark: NOON + YEAR, signed: NOON - DAY }), NOON],
  ])('is judged by %s', (_name, before, expected) => {
    expect(expiryNow(before, NOON)).toBe(expected);
  });
});

describe('writing', () => {
  it.each<readonly [string, Partial<KeptTime>, boolean]>([
    ['a mark that stands', {}, false],
    ['a mark that has grown a little', { mark: NOON + 10 * MINUTE - 1 }, false],
    ['a mark that has grown', { mark: NOON + 10 * MINUTE }, true],
    ['a mark that differs by what a server rounds away', { mark: NOON - 1000 }, false],
    ['a mark that was lowered', { mark: NOON - MINUTE - 1 }, true],
    ['a first signed time', { signed: NOON }, true],
    ['a claim', { claim: NOON + YEAR }, true],
  ])('%s', (_name, changes, worth) => {
    expect(worthWriting(kept(), kept(changes))).toBe(worth);
  });

  it.each([
    [NOON + 10 * MINUTE - 1, false],
    [NOON + 10 * MINUTE, true],
    [NOON - 10 * MINUTE, true],
  ])('a signed time of %d', (signed, worth) => {
    expect(worthWriting(kept({ signed: NOON }), kept({ signed }))).toBe(worth);
    expect(worthWriting(kept({ claim: NOON + YEAR, signed: NOON }), kept({ signed: NOON }))).toBe(true);
  });
});
