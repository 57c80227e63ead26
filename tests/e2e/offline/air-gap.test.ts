import { describe, expect, it } from 'vitest';
import { startAirGap } from './air-gap.ts';

describe('the silence of an application without a network', () => {
  it('is broken by one that does try, so that the stories beside this one would notice', async () => {
    const { person, activationCode, expectSilence } = await startAirGap({ javaScript: false });
    await person.code().waitFor();
    expectSilence();
    await person.activate(activationCode);
    expect(await person.alert()).toContain('could not be reached');
    expect(expectSilence).toThrow();
    expect((await person.license()).state).toBe('notActivated');
  });
});
