import { describe, expect, it } from 'vitest';
import { satisfies } from '../../../build/scripts/lib/install.mjs';

const lock = (packages: object) => JSON.stringify({ packages });
const wanted = lock({
  '': { name: 'latchkey' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
});

describe('satisfies', () => {
  it('is content with what is wanted, and more', () => {
    const installed = lock({
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b': { version: '1.0.0', integrity: 'sha512-b' },
    });
    expect(satisfies(wanted, installed)).toBe(true);
  });

  it.each([
    ['nothing is installed', ''],
    ['one is missing', lock({})],
    ['one is older', lock({ 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } })],
    ['one has other content', lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } })],
    [
      'an optional one is older',
      lock({
        'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
        'node_modules/other-platform': { version: '0.9.0', integrity: 'sha512-o' },
      }),
    ],
  ])('is not when %s', (_name, installed) => {
    expect(satisfies(wanted, installed)).toBe(false);
  });
});
