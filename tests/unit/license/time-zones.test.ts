import { afterEach, describe, expect, it } from 'vitest';
import { asAnswer } from '../../../electron/api/answers.ts';
import { withLease } from '../../../electron/api/convert-policy.ts';
import type { KeptTime } from '../../../electron/license/clock-policy.ts';
import { deriveLicense } from '../../../shared/license/derive.ts';
import { activation, around } from '../shared/sample-license.ts';
import { run } from './clock-run.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ENDLESS = { expiry: null, graceExpiry: null };

/** Half hours, the far ends of the day, both hemispheres, a zone that lost a day, one that saves time by half an hour. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'Pacific/Niue',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
];

/** Where clocks on the wall jump: the hour that is left out, the hour that comes twice, a day that never was. */
const JUMPS = [
  ['Europe/Berlin, spring', Date.UTC(2026, 2, 29, 1)],
  ['Europe/Berlin, autumn', Date.UTC(2026, 9, 25, 1)],
  ['America/St_Johns, spring', Date.UTC(2026, 2, 8, 5, 30)],
  ['Australia/Lord_Howe, autumn', Date.UTC(2026, 3, 4, 15)],
  ['Pacific/Apia, the day that was left out', Date.UTC(2011, 11, 30, 10)],
] as const;

const before = process.env['TZ'];
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

/** What comes out in each zone. */
const everywhere = <T>(what: () => T): readonly T[] =>
  ZONES.map((zone) => {
    process.env['TZ'] = zone;
    return what();
  });

it('the zones of this test are really changed', () => {
  const noon = Date.UTC(2026, 6, 1, 12);
  const hours = everywhere(() => new Date(noon).getHours() * 60 + new Date(noon).getMinutes());
  expect(new Set(hours).size).toBeGreaterThan(6);
});

describe.each(JUMPS)('around a jump of the wall clock: %s', (_name, jump) => {
  it('nothing is seen that is not there, in any zone', () => {
    const seen = everywhere(() => {
      const begin: KeptTime = { mark: jump - 3 * HOUR, signed: null, claim: null };
      const device = run(begin);
      const told: unknown[] = [];
      for (let now = jump - 3 * HOUR; now <= jump + 3 * HOUR; now += 10 * MINUTE) {
        device.look(now);
        told.push(device.now(now), device.kept().mark);
        const seat = activation({ lastLeaseAt: jump - 5 * HOUR, leaseExpiry: jump, entitlement: ENDLESS });
        told.push(deriveLicense({ activation: seat, ended: null }, device.now(now), around()).state);
        device.pass(10 * MINUTE);
      }
      return told;
    });
    for (const told of seen) expect(told).toEqual(seen[0]);
    const verdicts = seen[0]?.filter((entry) => typeof entry === 'object') ?? [];
    expect(verdicts).toHaveLength(37);
    for (const verdict of verdicts) expect(verdict).toMatchObject({ behindBy: 0, ahead: null });
    expect(seen[0]?.filter((entry) => entry === 'leaseExpired')).toHaveLength(19);
  });
});

describe('a date of the wire', () => {
  const lease = (leaseExpiry: string) => ({
    id: `act_${'A'.repeat(22)}`,
    activationMethod: 'activationCode',
    status: 'active',
    leaseExpiry,
    seatId: 'seat',
    activated: '2026-01-01T00:00:00Z',
    lastLease: '2026-01-01T00:00:00Z',
    mode: 'online',
  });

  it.each([
    ['2026-03-29T02:30:00Z', Date.UTC(2026, 2, 29, 2, 30)],
    ['2026-03-29T02:30:00.000+01:00', Date.UTC(2026, 2, 29, 1, 30)],
    ['2026-10-25T02:30:00-02:30', Date.UTC(2026, 9, 25, 5)],
  ])('%s is the same instant in every zone', (text, instant) => {
    const instants = everywhere(() => {
      const answer = asAnswer('Activation', lease(text));
      return answer === null ? null : withLease(activation(), answer).leaseExpiry;
    });
    expect(instants).toEqual(ZONES.map(() => instant));
  });

  it.each(['2026-03-29T02:30:00', '2026-03-29', '29.03.2026 02:30'])(
    'that names no zone is refused, so that nobody has to guess: %s',
    (text) => {
      expect(everywhere(() => asAnswer('Activation', lease(text)))).toEqual(ZONES.map(() => null));
    },
  );
});
