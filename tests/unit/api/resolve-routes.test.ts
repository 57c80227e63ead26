import { describe, expect, it } from 'vitest';
import { bySystem } from '../../../electron/api/resolve-routes.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { environmentNetwork } from '../../../electron/platform/network.ts';

const SERVER = new URL('https://licenses.acme.example:8443/api/v1/activate?code=1');

describe('bySystem', () => {
  it('asks for the server alone, and not for what is called there', async () => {
    const asked: string[] = [];
    const routes = bySystem((url) => {
      asked.push(url);
      return Promise.resolve('PROXY a:1; DIRECT');
    }, SILENT);
    expect(await routes(SERVER)).toEqual([{ scheme: 'http', host: 'a', port: 1 }, null]);
    expect(asked).toEqual(['https://licenses.acme.example:8443']);
  });

  it('goes straight where the system fails or does not answer', async () => {
    const broken = bySystem(() => Promise.reject(new Error('no session')), SILENT);
    expect(await broken(SERVER)).toEqual([null]);
    const silent = bySystem(() => new Promise(() => undefined), SILENT, 10);
    expect(await silent(SERVER)).toEqual([null]);
  });
});

describe('environmentNetwork', () => {
  it('takes the proxy of the environment', async () => {
    const network = environmentNetwork({ HTTPS_PROXY: 'http://a.example:3128', NO_PROXY: 'other.example' });
    const proxy = { scheme: 'http', host: 'a.example', port: 3128 };
    expect(await network.routesTo(SERVER)).toEqual([proxy]);
    expect(await network.routesTo(new URL('https://other.example'))).toEqual([null]);
  });

  it('goes straight without one, and without one that can be read', async () => {
    expect(await environmentNetwork({}).routesTo(SERVER)).toEqual([null]);
    expect(await environmentNetwork({ HTTPS_PROXY: 'nonsense://x' }).routesTo(SERVER)).toEqual([null]);
  });
});
