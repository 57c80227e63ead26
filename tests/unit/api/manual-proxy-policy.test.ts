import { describe, expect, it } from 'vitest';
import {
  parseManualProxy,
  proxyOfEnvironment,
  routeOfManual,
} from '../../../electron/api/manual-proxy-policy.ts';
import { throughManual } from '../../../electron/api/resolve-routes.ts';
import { typedLogin } from '../../support/typed-secrets.ts';

const PROXY = { scheme: 'http', host: 'proxy.example', port: 3128 } as const;

describe('parseManualProxy', () => {
  it.each([
    ['http://proxy.example:3128', PROXY],
    ['proxy.example:3128', PROXY],
    ['  http://proxy.example:3128/ ', PROXY],
    ['http://proxy.example', { ...PROXY, port: 80 }],
    ['https://proxy.example', { ...PROXY, scheme: 'https', port: 443 }],
    ['socks5://proxy.example', { ...PROXY, scheme: 'socks5', port: 1080 }],
    ['socks5h://proxy.example:9050', { ...PROXY, scheme: 'socks5', port: 9050 }],
    ['http://[::1]:3128', { ...PROXY, host: '::1' }],
  ])('%s', (address, proxy) => {
    expect(parseManualProxy(address)).toEqual({ proxy, login: null, except: [] });
  });

  it('reads a login that was written as a URL has it', () => {
    const read = parseManualProxy('http://cle%40rk:p%3Aw@proxy.example:3128');
    expect(read?.login).toEqual(typedLogin({ username: 'cle@rk', password: 'p:w' }));
    expect(read?.proxy).toEqual(PROXY);
  });

  it.each(['', 'ftp://proxy.example', 'http://', 'http://a b', 'http://a:99999', 'http://%ff:x@a:1'])(
    'refuses %j',
    (address) => expect(parseManualProxy(address)).toBeNull(),
  );
});

describe('routeOfManual', () => {
  const route = (url: string, except: string) =>
    routeOfManual({ proxy: PROXY, login: null, except: except.split(',') }, new URL(url));

  it.each([
    ['https://licenses.acme.example', ''],
    ['https://licenses.acme.example', 'other.example'],
    ['https://notacme.example', 'acme.example'],
    ['https://licenses.acme.example', 'licenses.acme.example:8443'],
    ['https://licenses.acme.example', '.'],
    ['https://10.0.0.1', '10.0.0.10'],
  ])('%s goes through the proxy although %j is excepted', (url, except) => {
    expect(route(url, except)).toEqual(PROXY);
  });

  it.each([
    ['https://licenses.acme.example', '*'],
    ['https://licenses.acme.example', 'acme.example'],
    ['https://licenses.acme.example', '.acme.example'],
    ['https://licenses.acme.example', '*.ACME.example'],
    ['https://licenses.acme.example', 'licenses.acme.example:443'],
    ['https://licenses.acme.example:8443', 'acme.example:8443'],
    ['https://[2001:db8::1]', '2001:db8::1'],
    ['https://[2001:db8::1]:8443', '[2001:db8::1]:8443'],
    ['https://10.0.0.1', '10.0.0.1'],
    // The proxy's own loopback is another one.
    ['https://localhost:8443', ''],
    ['https://127.0.0.1', ''],
    ['https://[::1]', ''],
  ])('%s goes straight where %j is excepted', (url, except) => {
    expect(route(url, except)).toBeNull();
  });
});

describe('proxyOfEnvironment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://a:1' }, 'a'],
    [{ https_proxy: 'http://b:1', HTTPS_PROXY: 'http://a:1' }, 'b'],
    [{ ALL_PROXY: 'socks5://c:1' }, 'c'],
    [{ HTTPS_PROXY: 'http://a:1', ALL_PROXY: 'socks5://c:1' }, 'a'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://a:1' }, 'a'],
    // It is for plain HTTP alone, which is not spoken.
    [{ HTTP_PROXY: 'http://a:1' }, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: 'nonsense://a' }, undefined],
    [{}, undefined],
  ])('%j', (env, host) => {
    expect(proxyOfEnvironment(env)?.proxy.host).toBe(host);
  });

  it('reads the exceptions', () => {
    expect(proxyOfEnvironment({ HTTPS_PROXY: 'a:1', no_proxy: 'b, .c  d' })?.except).toEqual([
      'b',
      '.c',
      'd',
    ]);
  });
});

describe('throughManual', () => {
  const manual = parseManualProxy('http://clerk:word@proxy.example:3128');

  it('gives the login to the proxy that it was written beside, and to no other', async () => {
    if (manual === null) throw new Error('not read');
    const { loginFor, routesTo } = throughManual(manual);
    expect(await routesTo(new URL('https://licenses.acme.example'))).toEqual([PROXY]);
    expect(await loginFor(PROXY)).toEqual(typedLogin({ username: 'clerk', password: 'word' }));
    expect(await loginFor({ ...PROXY, host: 'other.example' })).toBeNull();
    expect(await loginFor({ ...PROXY, port: 80 })).toBeNull();
  });
});
