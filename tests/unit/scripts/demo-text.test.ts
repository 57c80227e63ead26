import { describe, expect, it } from 'vitest';
import { localServerText, serversText } from '../../../build/scripts/lib/demo-text.mjs';

const servers = {
  url: 'https://localhost:1',
  portalUrl: 'https://localhost:1/portal',
  profile: '/demo/vendor-profile.json',
  activationCode: 'CODE-1',
  account: { username: 'user@orbit.example', password: 'a password' },
  bundleKey: '/demo/support.jwk',
};
const shown = (file: string) => `shown:${file}`;

describe('what npm start prints', () => {
  it('has every address and every credential, in one column', () => {
    const text = serversText(servers, 'data/', shown);
    const told = [servers.url, servers.portalUrl, 'CODE-1', 'a password', 'shown:/demo/support.jwk', 'data/'];
    for (const it of told) expect(text).toContain(it);
    const rows = text.split('\n').filter((line) => line !== '');
    expect(new Set(rows.map((row) => row[27] !== ' ' && row[26] === ' '))).toEqual(new Set([true]));
  });

  it('tells of the local server what has to be chosen', () => {
    const text = localServerText(
      { url: 'https://localhost:2', ca: '/ca.pem', activationCode: 'CODE-2' },
      shown,
    );
    for (const it of ['https://localhost:2', 'shown:/ca.pem', 'CODE-2']) expect(text).toContain(it);
    expect(text).not.toContain('CODE-1');
  });
});
