import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findPython } from '../../../build/scripts/lib/python.mjs';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';

describe('the Python of the examples', () => {
  it('is the one that is named, and none if that is not there or can not do it', async () => {
    const found = await findPython();
    if (found !== null) {
      vi.stubEnv('LATCHKEY_PYTHON', found);
      expect(await findPython()).toBe(found);
      expect(path.isAbsolute(found)).toBe(true);
    }
    vi.stubEnv('LATCHKEY_PYTHON', path.resolve('no-such-python'));
    expect(await findPython()).toBeNull();
    vi.stubEnv('LATCHKEY_PYTHON', nodePath());
    expect(await findPython()).toBeNull();
  });
});
