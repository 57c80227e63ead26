import { describe, expect, it } from 'vitest';
import { parseAuthority, routesOfPac } from '../../../electron/api/pac-policy.ts';

const http = (host: string, port: number) => ({ scheme: 'http', host, port });

describe('routesOfPac', () => {
  it.each([
    ['DIRECT', [null]],
    ['PROXY a.example:8080', [http('a.example', 8080)]],
    ['PROXY a:8080; PROXY b:81; DIRECT', [http('a', 8080), http('b', 81), null]],
    ['proxy a:8080;direct', [http('a', 8080), null]],
    ['PROXY a', [http('a', 80)]],
    ['HTTPS a', [{ scheme: 'https', host: 'a', port: 443 }]],
    [
      'SOCKS5 a:1; SOCKS b',
      [
        { scheme: 'socks5', host: 'a', port: 1 },
        { scheme: 'socks5', host: 'b', port: 1080 },
      ],
    ],
    ['PROXY [::1]:3128', [http('::1', 3128)]],
    // What is not spoken here is left out; if nothing is left, there is the straight way.
    ['SOCKS4 a:1080; PROXY b:1', [http('b', 1)]],
    ['QUIC a:443', [null]],
    ['', [null]],
    ['PROXY', [null]],
    ['PROXY a:0', [null]],
    ['PROXY a:70000', [null]],
    ['PROXY user@a:80', [null]],
    ['constructor a:80', [null]],
  ])('%s', (result, routes) => {
    expect(routesOfPac(result)).toEqual(routes);
  });

  it('takes no more than ten ways', () => {
    expect(routesOfPac(Array.from({ length: 50 }, (_, nth) => `PROXY a${nth}:1`).join(';'))).toHaveLength(10);
  });
});

describe('parseAuthority', () => {
  it.each(['', ':80', 'a b:80', 'a/b', '[::1', '::1', 'a:port'])('refuses %j', (text) => {
    expect(parseAuthority(text, 80)).toBeNull();
  });
});
