import { describe, expect, it } from 'vitest';
import { lostBy, notDone, unknownSeats } from './rules.ts';
import { EMPTY, ONLINE } from './sample-summaries.ts';
import { parseReplay, replayText } from './step.ts';
import type { Summary } from './summary.ts';
import type { Verb } from './verbs.ts';

const OFFLINE: Summary = {
  ...EMPTY,
  activation: { id: 'act_2', mode: 'offline', lease: 10, entitlement: 'ent_1' },
  held: { rid: 'r', seq: 3 },
};
/** What it is, the verb under way, and what lay there before and after. */
type Case = readonly [string, Verb | null, Summary, Summary];

const RECEIPT = { id: 'x', activation: 'act_2' };

describe('the rules of what a kill may leave', () => {
  it.each<Case>([
    ['nothing', null, ONLINE, ONLINE],
    ['a refresh', 'refresh', ONLINE, { ...ONLINE, revision: 6, journal: 'call' }],
    ['a checkout', 'checkout', ONLINE, { ...ONLINE, revision: 6, features: { exports: 2 } }],
    ['a seat that was taken by signing in', 'signIn', EMPTY, ONLINE],
    ['an offline deactivation', 'leave', OFFLINE, { ...EMPTY, revision: 6, receipts: [RECEIPT] }],
    ['an online activation in the place of an offline one', 'activate', OFFLINE, ONLINE],
    ['a response', 'import', { ...EMPTY, requests: ['r'] }, OFFLINE],
    ['a seat that was taken again', 'import', { ...EMPTY, requests: ['r'], receipts: [RECEIPT] }, OFFLINE],
  ])('find nothing in %s', (_name, verb, before, after) => {
    expect(lostBy(verb === null ? null : { verb, about: null }, before, after)).toEqual([]);
  });

  it.each<Case>([
    ['a vault that can not be read', 'refresh', ONLINE, { ...ONLINE, problem: 'vaultDamaged' }],
    ['a file set aside', 'refresh', ONLINE, { ...ONLINE, damage: ['device.damaged-1.json'] }],
    ['a seat lost to nobody', 'refresh', ONLINE, { ...EMPTY, ended: 'seatLostToClone' }],
    ['a change out of nothing', null, ONLINE, { ...ONLINE, journal: 'call' }],
    ['an older revision', 'refresh', ONLINE, { ...ONLINE, revision: 4 }],
    ['an older revision of the device', 'refresh', ONLINE, { ...ONLINE, deviceRevision: 1 }],
    ['an older mark', 'refresh', ONLINE, { ...ONLINE, mark: 999 }],
    ['a setting that went', 'refresh', ONLINE, { ...ONLINE, theme: 'dark' }],
    ['another installation', 'refresh', ONLINE, { ...ONLINE, install: 'b' }],
    ['an activation that went by itself', 'check', ONLINE, EMPTY],
    ['a token that a checkout has lost', 'checkout', ONLINE, { ...ONLINE, online: false }],
    ['a shorter lease', 'refresh', ONLINE, { ...ONLINE, activation: { ...activationOf(ONLINE), lease: 9 } }],
    ['a token that went', 'refresh', ONLINE, { ...ONLINE, online: false }],
    ['an older number', 'import', OFFLINE, { ...OFFLINE, held: { rid: 'r', seq: 2 } }],
    ['no receipt', 'leave', OFFLINE, EMPTY],
    ['a receipt that went', 'refresh', { ...ONLINE, receipts: [RECEIPT] }, ONLINE],
    [
      'the receipt of another seat',
      'import',
      { ...EMPTY, receipts: [{ id: 'y', activation: 'act_1' }] },
      OFFLINE,
    ],
    ['the receipt of a seat that was held before', 'import', { ...OFFLINE, receipts: [RECEIPT] }, OFFLINE],
    ['another receipt than the one that was cleared', 'clear', { ...ONLINE, receipts: [RECEIPT] }, ONLINE],
    ['a request that went', 'request', { ...EMPTY, requests: ['r'] }, { ...EMPTY, requests: ['s'] }],
    ['a response without its keys', 'import', { ...EMPTY, requests: ['r'] }, { ...OFFLINE, held: null }],
  ])('find %s', (_name, verb, before, after) => {
    expect(lostBy(verb === null ? null : { verb, about: null }, before, after)).not.toEqual([]);
  });

  it('find what was reported as done and is not', () => {
    const told = (verb: Verb, before: Summary, after: Summary) =>
      notDone({ verb, about: null }, 'ok', before, after);
    expect(told('activate', EMPTY, ONLINE)).toBeNull();
    expect(told('activate', EMPTY, EMPTY)).not.toBeNull();
    expect(told('signIn', EMPTY, ONLINE)).toBeNull();
    expect(told('signIn', EMPTY, EMPTY)).not.toBeNull();
    expect(told('checkout', ONLINE, ONLINE)).toBeNull();
    expect(told('checkout', ONLINE, EMPTY)).not.toBeNull();
    expect(told('deactivate', ONLINE, EMPTY)).toBeNull();
    expect(told('deactivate', ONLINE, ONLINE)).not.toBeNull();
    expect(told('leave', OFFLINE, { ...EMPTY, receipts: [RECEIPT] })).toBeNull();
    expect(told('leave', OFFLINE, EMPTY)).not.toBeNull();
    expect(told('request', EMPTY, { ...EMPTY, requests: ['r'] })).toBeNull();
    expect(told('request', EMPTY, EMPTY)).not.toBeNull();
  });

  it('find seats that nobody knows', () => {
    const seat = { id: 'act_2', mode: 'offline' };
    expect(unknownSeats([seat], OFFLINE)).toEqual([]);
    expect(unknownSeats([seat], { ...EMPTY, receipts: [RECEIPT] })).toEqual([]);
    expect(unknownSeats([seat], ONLINE)).toEqual([seat]);
  });
});

function activationOf({ activation }: Summary) {
  if (activation === null) throw new Error('no activation');
  return activation;
}

describe('a violation', () => {
  it('is told in a form that can be read again', () => {
    const text = 'a.0.1@activate:12c,-:-,import:0';
    const replay = parseReplay(text);
    expect(replay?.steps.map(({ count }) => count)).toEqual([12, null, 0]);
    expect(replay === null ? '' : replayText(replay)).toBe(text);
  });

  it.each(['', 'a', '@-:-', 'a@', 'a@fly:1', 'a@activate:x', 'a@activate:1d'])('is not %s', (text) => {
    expect(parseReplay(text)).toBeNull();
  });
});
