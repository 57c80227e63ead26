import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../electron/support/redact-policy.ts';
import { Secret } from '../../../electron/support/secret.ts';

const VALUE = 'correct horse battery staple';

describe('a secret', () => {
  it('shows its kind wherever it is printed, joined or serialised', () => {
    const secret = new Secret('password', VALUE);
    const shown = [
      `${String(secret)} ${secret.toString()}`,
      JSON.stringify({ secret }),
      inspect({ deep: [secret] }, { showHidden: true }),
      JSON.stringify(structuredClone(secret)),
      JSON.stringify(redact({ harmless: secret })),
      JSON.stringify(Object.entries(secret)),
    ];
    for (const text of shown) {
      expect(text).toContain('password');
      expect(text).not.toContain('horse');
    }
  });

  it('comes out by name', () => {
    expect(new Secret('password', VALUE).reveal()).toBe(VALUE);
  });
});
