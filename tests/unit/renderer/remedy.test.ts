import { describe, expect, it } from 'vitest';
import { helpedOffline, otherWay, stepFor, troubleOf } from '../../../renderer/licenses/remedy.ts';
import { isBeingRead, leadingReason, toneOfLicense } from '../../../renderer/licenses/tone.ts';
import { allowedActions } from '../../../shared/license/actions.ts';
import { ERROR_CODES, failure } from '../../../shared/errors.ts';
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
    const troubles = [
      ...REASON_CODES.map((code) => reason(code)),
      ...ERROR_CODES.map((code) => troubleOf(failure(code))),
    ];
    const offered = new Set<string>();
    for (const trouble of troubles) {
      for (const state of STATES) {
        for (const mode of MODES) {
          const actions = allowedActions(state, mode);
          const step = stepFor(trouble, { actions, state, links: [] });
          if (step === null || !(step.kind in NEEDS)) continue;
          offered.add(step.kind);
          expect(actions).toContain(NEEDS[step.kind as keyof typeof NEEDS]);
        }
      }
    }
    expect([...offered].toSorted()).toEqual(['activate', 'deactivate', 'pullState', 'refresh']);
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

  it('goes on with what is open between the device and the portal', () => {
    const idle = { actions: allowedActions('notActivated', null), state: 'notActivated', links: [] } as const;
    expect(stepFor(reason('requestPending'), idle)).toEqual({ kind: 'openOffline' });
    expect(stepFor(reason('requestPending'), active)).toBeNull();
    expect(stepFor(reason('receiptPending'), idle)).toEqual({ kind: 'openReceipts' });
    expect(stepFor(reason('receiptPending'), active)).toEqual({ kind: 'openReceipts' });
    expect(stepFor(troubleOf(failure('tokenForOtherDevice')), idle)).toEqual({ kind: 'requestAnew' });
    expect(stepFor(troubleOf(failure('tokenForOtherDevice')), active)).toBeNull();
  });

  it('leaves alone what needs nothing', () => {
    expect(stepFor(reason('keyringWeak'), active)).toBeNull();
  });
});

describe('helpedOffline', () => {
  it.each(['serverUnreachable', 'pinMismatch', 'proxyAuthRequired', 'timeout', 'serverError'] as const)(
    'an exchange of files gets around %s',
    (code) => expect(helpedOffline(code)).toBe(true),
  );

  it.each(['activationCodeInvalid', 'seatLimitReached', 'offlineNotAllowed', 'vaultReadOnly'] as const)(
    'and not around %s',
    (code) => expect(helpedOffline(code)).toBe(false),
  );
});

describe('otherWay', () => {
  const may = (...where: Parameters<typeof allowedActions>) => allowedActions(...where);

  it.each(['leaseExpired', 'leaseEndsSoon', 'vaultRolledBack', 'licenseFileExpired'] as const)(
    '%s is refreshed where that is allowed, and otherwise helped in another way',
    (code) => {
      expect(otherWay(reason(code), may('leaseExpired', 'online'))).toBeNull();
      expect(otherWay(reason(code), may('active', 'online'))).toBeNull();
      expect(otherWay(reason(code), may('leaseExpired', 'offline'))).toBe('refreshFile');
      expect(otherWay(reason(code), may('entitlementNotActive', 'online'))).toBe('check');
      expect(otherWay(reason(code), may('notActivated', null))).toBe('activate');
      expect(otherWay(reason(code), [])).toBeNull();
    },
  );

  it('speaks of no connection where a clock that is behind can’t be helped by one', () => {
    expect(otherWay(reason('clockRolledBack'), may('leaseExpired', 'online'))).toBeNull();
    expect(otherWay(reason('clockRolledBack'), may('leaseExpired', 'offline'))).toBe('setClock');
  });

  it('has a seat given back first where a device that holds one can’t be activated', () => {
    const refused = troubleOf(failure('accessTokenInvalid'));
    expect(otherWay(refused, may('notActivated', null))).toBeNull();
    expect(otherWay(refused, may('active', 'online'))).toBe('deactivateFirst');
  });

  it('sends to the portal where a deactivation can’t be repeated', () => {
    expect(otherWay(reason('deactivationInterrupted'), may('active', 'online'))).toBeNull();
    expect(otherWay(reason('deactivationInterrupted'), may('notActivated', null))).toBe('askPortal');
  });

  it('leaves advice alone that needs no permission', () => {
    for (const code of ['gracePeriod', 'pinMismatch', 'keyringWeak', 'serverUnreachable'] as const) {
      for (const state of STATES) expect(otherWay(reason(code), may(state, 'online'))).toBeNull();
    }
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

describe('leadingReason of a license that is not in use', () => {
  it('is what is open between the device and the portal', () => {
    const state = 'notActivated' as const;
    const of = (...codes: Parameters<typeof reason>[0][]) =>
      leadingReason({ state, reasons: codes.map((code) => reason(code)) })?.code;
    expect(of('neverActivated', 'requestPending')).toBe('requestPending');
    expect(of('deactivated', 'receiptPending')).toBe('receiptPending');
    expect(of('deactivated', 'requestPending', 'receiptPending')).toBe('requestPending');
    expect(of('seatReleased', 'receiptPending')).toBe('seatReleased');
  });
});

describe('isBeingRead', () => {
  it('is so until the vault is open, unless something is in the way', () => {
    expect(isBeingRead({ state: 'uninitialized', reasons: [reason('testEnvironment')] })).toBe(true);
    expect(isBeingRead({ state: 'uninitialized', reasons: [reason('vaultUnavailable')] })).toBe(false);
    expect(isBeingRead({ state: 'active', reasons: [] })).toBe(false);
  });

  it('is an activation that was cut off, before what is true of every license that is not in use', () => {
    const cutOff = reason('activationInterrupted');
    for (const code of ['neverActivated', 'deactivated'] as const) {
      const view = { state: 'notActivated', reasons: [reason(code), cutOff] } as const;
      expect(leadingReason(view)?.code).toBe('activationInterrupted');
    }
    const released = { state: 'notActivated', reasons: [reason('seatReleased'), cutOff] } as const;
    expect(leadingReason(released)?.code).toBe('seatReleased');
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
