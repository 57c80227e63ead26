import { describe, expect, it } from 'vitest';
import { deriveLicense } from '../../../shared/license/derive.ts';
import { forbidsVirtualMachines, NO_LIMITS, withinLimits } from '../../../shared/license/limits.ts';
import { parseProfile } from '../../../shared/profile.ts';
import { seat } from './derive-case.ts';
import { fullProfile, minimalProfile } from './profile-sample.ts';
import { around, RIGHT_CLOCK } from './sample-license.ts';

const active = deriveLicense(seat(), RIGHT_CLOCK, around());

describe('a license within the limits of the administrator', () => {
  it('is as it was where nothing is limited', () => {
    expect(withinLimits(active, NO_LIMITS)).toBe(active);
    // What the state does not allow needs no explanation.
    expect(withinLimits(active, { ...NO_LIMITS, denied: ['activateWithCode'] })).toBe(active);
  });

  it('loses the actions that are denied and says so, and keeps its state', () => {
    const limited = withinLimits(active, { ...NO_LIMITS, denied: ['deactivate'] });
    expect(active.actions).toContain('deactivate');
    expect(limited.actions).toEqual(active.actions.filter((action) => action !== 'deactivate'));
    expect(limited.reasons.map(({ code }) => code)).toContain('deniedByPolicy');
    expect(limited.state).toBe('active');
  });

  it('allows nothing where the limits are not known, and goes on', () => {
    const limited = withinLimits(active, { ...NO_LIMITS, invalid: 'deny.0: must be one of these' });
    expect(limited.actions).toEqual([]);
    expect(limited.state).toBe('active');
    expect(limited.reasons[0]).toMatchObject({
      code: 'policyInvalid',
      facts: { field: 'deny.0: must be one of these' },
    });
  });
});

describe('virtual machines', () => {
  const profileOf = (input: unknown) => {
    const parsed = parseProfile(input);
    if (!parsed.ok) throw new Error('the sample is not valid');
    return parsed.value;
  };
  const allowing = profileOf(minimalProfile());
  const forbidding = profileOf(fullProfile());

  it.each([
    ['neither', allowing, false, false],
    ['the administrator', allowing, true, true],
    ['the vendor', forbidding, false, true],
    ['both', forbidding, true, true],
  ])('are forbidden by %s', (_, profile, virtualMachinesForbidden, forbidden) => {
    expect(forbidsVirtualMachines(profile, { ...NO_LIMITS, virtualMachinesForbidden })).toBe(forbidden);
  });
});
