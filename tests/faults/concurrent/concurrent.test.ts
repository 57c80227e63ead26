import '../../support/no-electron.ts';
import { describe, expect, it } from 'vitest';
import { tellStory } from './story.ts';

// Each operation waits for its turn, on machines that may be busy with more.
describe('several processes in one data folder', { timeout: 600_000 }, () => {
  // Features, certificates, the choice of a server and bundles are part of it, and all of them move to a local server.
  it('two windows and two shells lose nothing, and the server never sees a nonce that is not the next', async () => {
    const outcome = await tellStory({
      seed: 'together',
      windows: 2,
      shells: 2,
      uses: 50,
      withoutLock: false,
    });
    expect(outcome.problems).toEqual([]);
    expect(outcome.operations).toBeGreaterThanOrEqual(320);
  });

  it('without the lock they do, and it is found', async () => {
    const outcome = await tellStory({ seed: 'apart', windows: 3, shells: 0, uses: 25, withoutLock: true });
    expect(outcome.problems).not.toEqual([]);
  });
});
