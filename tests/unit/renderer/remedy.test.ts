import { describe, expect, it } from 'vitest';
import { stepFor } from '../../../renderer/licenses/remedy.ts';
import { leadingReason, toneOfLicense } from '../../../renderer/licenses/tone.ts';
import { allowedActions } from '../../../shared/license/actions.ts';
import { reason, REASON_CODES } from '../../../shared/license/reasons.ts';

const STATES = ['uninitialized', 'notActivated', 'active', 'leaseExpired', 'entitlementNotActive'] as const;
const MODES = ['online', 'offline', null] as const;
const NEEDS = {
  activate: 'activateWithCode',
  refresh: 'refresh',
  pullState: 'pullState',
  deactivate: 'deactivate',
} as const;

describe('stepFor', () => {
  it('never offers what the main process does not allow', () => {
    for (const code of REASON_CODES) {
      for (const state of STATES) {
        for (const mode of MODES) {
          const actions = allowedActions(state, mode);
          const step = stepFor(reason(code), { actions, state, links: [] });
          if (step === null || !(step.kind in NEEDS)) continue;
          expect(actions).toContain(NEEDS[step.kind as keyof typeof NEEDS]);
        }
      }
    }
  });

  const active = { actions: allowedActions('active', 'online'), state: 'active', links: [] } as const;

  it('refreshes a lease that ends soon', () => {
    expect(stepFor(reason('leaseEndsSoon'), active)).toEqual({ kind: 'refresh' });
  });

  it('offers no call where a file is what helps', () => {
    const actions = allowedActions('active', 'offline');
    expect(stepFor(reason('leaseEndsSoon'), { ...active, actions })).toBeNull();
  });

  it('opens the portal to renew, the website without one, and help without either', () => {
    const renew = reason('gracePeriod');
    expect(stepFor(renew, { ...active, links: ['website', 'portal'] })).toEqual({
      kind: 'open',
      link: 'portal',
    });
    expect(stepFor(renew, { ...active, links: ['website'] })).toEqual({ kind: 'open', link: 'website' });
    expect(stepFor(renew, active)).toEqual({ kind: 'help' });
  });

  it('looks again at a vault that could not be opened', () => {
    const locked = { actions: [], state: 'uninitialized', links: [] } as const;
    expect(stepFor(reason('vaultUnavailable'), locked)).toEqual({ kind: 'reload' });
  });

  it('leaves alone what needs nothing', () => {
    expect(stepFor(reason('keyringWeak'), active)).toBeNull();
  });
});

describe('leadingReason', () => {
  it('is the first, which is the gravest', () => {
    const reasons = [reason('leaseExpired'), reason('serverUnreachable')];
    expect(leadingReason({ state: 'leaseExpired', reasons })?.code).toBe('leaseExpired');
  });

  it('is none where a license works and there is only something good to know', () => {
    expect(leadingReason({ state: 'active', reasons: [reason('keyringWeak')] })).toBeNull();
    expect(leadingReason({ state: 'notActivated', reasons: [reason('neverActivated')] })?.code).toBe(
      'neverActivated',
    );
  });
});

describe('toneOfLicense', () => {
  it.each([
    ['active', [], 'good'],
    ['active', [reason('leaseEndsSoon')], 'warn'],
    ['active', [reason('keyringWeak')], 'good'],
    ['notActivated', [reason('neverActivated')], 'plain'],
    ['notActivated', [reason('seatLostToClone')], 'bad'],
    ['leaseExpired', [], 'bad'],
    ['entitlementNotActive', [], 'bad'],
    ['uninitialized', [], 'plain'],
    ['uninitialized', [reason('vaultUnavailable')], 'bad'],
  ] as const)('%s with %j is %s', (state, reasons, tone) => {
    expect(toneOfLicense({ state, reasons: [...reasons] })).toBe(tone);
  });
});
