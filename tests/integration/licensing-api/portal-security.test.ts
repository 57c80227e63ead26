import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall } from '../../support/https-call.ts';
import { DAY, MINUTE, START, bodyOf, caller, type Caller } from './caller.ts';
import { makeDevice } from './offline-device.ts';
import { headingOf, textOf, visitor } from './portal-visitor.ts';

let api: LicensingApi;
let calls: Caller;
const log: string[] = [];

beforeAll(async () => {
  api = await startLicensingApi({
    clock: START,
    codeAttempts: { requests: 1000, perMilliseconds: DAY },
    logLevel: 'info',
    writeLog: (line) => log.push(line),
  });
  calls = caller(api);
});
afterAll(() => api.close());

const offlineLeasePeriod = { type: 'Day', count: 30 } as const;
const newEntitlement = () => calls.createEntitlement({ offlineLeasePeriod, seatCount: 5 });

describe('headers', () => {
  it('of every page, file and problem forbid what the portal does not need', async () => {
    const person = visitor(api);
    const addresses = ['', '/', '/elsewhere', '/portal.css', '/portal.js', '/icon.svg', '/activations'];
    for (const address of addresses) {
      const { headers } = await person.get(`/portal${address}`);
      const policy = headers['content-security-policy'] ?? '';
      expect(policy.split('; '), address).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]);
      expect(headers, address).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  it('are matched by pages that have no inline script or style', async () => {
    const { activationCode } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode });
    const person = visitor(api);
    const pages = [
      await person.get('/portal'),
      await person.bring({ text: await device.request() }),
      await person.signIn(activationCode),
      await person.bring({ text: 'nonsense' }),
    ];
    for (const page of pages) {
      expect(page.text).not.toMatch(/ style=|<style| on\w+=|javascript:/i);
      expect([...page.text.matchAll(/<script[^>]*>([^<]*)<\/script/g)].map((it) => it[1])).toEqual(['']);
      expect(page.text).toMatch(/<html lang="en"/);
    }
  });
});

describe('the cookie', () => {
  it('is for this host, HTTPS and the server only, and is not sent from other sites', async () => {
    const { headers } = await visitor(api).get('/portal');
    expect(headers['set-cookie']).toMatch(
      /^__Host-portal=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('is another one after signing in and out', async () => {
    const { activationCode } = await newEntitlement();
    const person = visitor(api);
    await person.get('/portal');
    const before = person.cookie();
    await person.signIn(activationCode);
    const during = person.cookie();
    expect(during).not.toBe(before);
    const fixed = visitor(api);
    fixed.setCookie(before);
    expect((await fixed.get('/portal/activations')).status).toBe(303);

    await person.get('/portal/activations');
    expect((await person.post('/portal/session/end', {})).headers['location']).toBe('/portal');
    const stolen = visitor(api);
    stolen.setCookie(during);
    expect((await stolen.get('/portal/activations')).status).toBe(303);
  });

  it('that somebody made up is worth nothing', async () => {
    const person = visitor(api);
    person.setCookie('__Host-portal=../../etc/passwd');
    expect((await person.get('/portal/activations')).status).toBe(303);
    expect(person.cookie()).toMatch(/^__Host-portal=[\w-]{43}$/);
  });
});

describe('a form', () => {
  it('of another site is refused, and has no effect', async () => {
    const { activationCode, id } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode });
    const person = visitor(api);
    await person.get('/portal');
    const right = person.csrf();
    for (const csrf of ['', 'A'.repeat(43), `${right.slice(0, -1)}_`, `${right}A`]) {
      const form = new FormData();
      form.set('csrf', csrf);
      form.set('text', await device.request());
      const page = await person.postMultipart('/portal/tokens', form);
      expect([page.status, headingOf(page)]).toEqual([403, 'This page was open for too long']);
      const signIn = await person.post('/portal/session', { csrf, code: activationCode });
      expect(signIn.status).toBe(403);
    }
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(0);
    expect((await person.get('/portal/activations')).status).toBe(303);
  });

  it('of another visitor is refused', async () => {
    const [one, two] = [visitor(api), visitor(api)];
    await one.get('/portal');
    await two.get('/portal');
    expect((await one.post('/portal/session', { csrf: two.csrf(), code: 'x' })).status).toBe(403);
    expect((await one.post('/portal/session', { csrf: one.csrf(), code: 'x' })).status).toBe(404);
  });

  it('from before signing in does not refresh or sign out', async () => {
    const { activationCode } = await newEntitlement();
    const person = visitor(api);
    await person.get('/portal');
    const old = person.csrf();
    await person.signIn(activationCode);
    expect((await person.post('/portal/session/end', { csrf: old })).status).toBe(403);
    expect((await person.get('/portal/activations')).status).toBe(200);
  });

  it('that is broken is refused, not a defect', async () => {
    const person = visitor(api);
    await person.get('/portal');
    const send = (contentType: string, raw: string) =>
      httpsCall({
        url: `${api.url}/portal/tokens`,
        method: 'POST',
        ca: api.caPem,
        headers: { Cookie: person.cookie(), 'Content-Type': contentType },
        raw,
      });
    const cut = '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc';
    expect((await send('multipart/form-data; boundary=b', cut)).status).toBe(400);
    expect((await send('multipart/form-data', 'x')).status).toBeLessThan(500);
    expect((await send('text/xml', '<x/>')).status).toBe(415);
    expect((await send('application/x-www-form-urlencoded', 'a'.repeat(70_000))).status).toBe(413);
    const many = Array.from({ length: 20 }, (_, index) => `a${index}=1`).join('&');
    expect((await send('application/x-www-form-urlencoded', many)).status).toBe(403);
    const fields = Array.from(
      { length: 20 },
      (_, index) => `--b\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\n1\r\n`,
    );
    expect((await send('multipart/form-data; boundary=b', `${fields.join('')}--b--\r\n`)).status).toBe(413);
  });
});

describe('an answer', () => {
  it('is for the visitor who brought the request', async () => {
    const { activationCode } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode });
    const person = visitor(api);
    const page = await person.bring({ text: await device.request() });
    const [, address = ''] = /href="(\/portal\/answers\/[\w-]+)\/file"/.exec(page.text) ?? [];
    for (const path of [address, `${address}/file`, `${address}/codes`, `${address}/codes/1.svg`]) {
      expect((await person.get(path)).status, path).toBe(200);
      expect((await visitor(api).get(path)).status, path).toBe(404);
    }
    api.setClock(START + 60 * MINUTE);
    expect((await person.get(address)).status).toBe(404);
    api.setClock(START);
  });

  it('of another entitlement is out of reach', async () => {
    const [mine, theirs] = [await newEntitlement(), await newEntitlement()];
    const { state } = await calls.takeSeat(theirs.activationCode, 'their-seat');
    const person = visitor(api);
    const page = await person.signIn(mine.activationCode);
    expect(page.text).not.toContain('their-seat');
    const refused = await person.post(`/portal/activations/${state.id}/refresh`, {});
    expect([refused.status, headingOf(refused)]).toEqual([404, 'There is nothing here']);
  });
});

describe('what devices and visitors write', () => {
  const ATTACK = '"><script>alert(1)</script><img src=x onerror=a>';

  it('is shown as text', async () => {
    const { activationCode } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode, seatId: `<b>'seat'</b>`, seatName: ATTACK });
    const person = visitor(api);
    const page = await person.bring({ text: await device.request() });
    expect(textOf(page)).toContain(ATTACK);
    const listed = await person.signIn(activationCode);
    expect(textOf(listed)).toContain(ATTACK);
    expect(textOf(listed)).toContain(`<b>'seat'</b>`);
    const codes = await person.bring({ text: `LK1/AAAAAAAA/1/2/AA ${ATTACK}</textarea>` });
    const wrong = await person.signIn(`x" autofocus onfocus="alert(1)${ATTACK}`);
    for (const answer of [page, listed, codes, wrong]) {
      expect(answer.text).not.toContain('<script>alert');
      expect(answer.text).not.toContain('<img src=x');
      expect(answer.text).not.toContain('<b>');
      expect(answer.text).not.toContain('x" autofocus');
    }
  });

  it('gets into no header', async () => {
    const { activationCode } = await newEntitlement();
    const person = visitor(api);
    const names = ['a"; filename="evil.exe', '../../etc/passwd', 'a\r\nSet-Cookie: x=1', '…'];
    const files: string[] = [];
    for (const [index, seatName] of names.entries()) {
      const device = await makeDevice({ api, code: activationCode, seatId: `seat-${index}`, seatName });
      const page = await person.bring({ text: await device.request() });
      const { headers } = await person.click(page, 'Download');
      files.push(headers['content-disposition'] ?? '');
      expect(headers['set-cookie']).toBeUndefined();
    }
    expect(files).toEqual([
      'attachment; filename="a-filename-evil-exe.lkresponse"',
      'attachment; filename="etc-passwd.lkresponse"',
      'attachment; filename="a-set-cookie-x-1.lkresponse"',
      'attachment; filename="device.lkresponse"',
    ]);
  });

  it('gets into no log', async () => {
    const { activationCode } = await newEntitlement();
    const person = visitor(api);
    await person.signIn(activationCode);
    await person.signIn('ORBIT-LOGS-LOGS-LOGS-LOGS');
    const text = log.join('\n');
    expect(text).toContain('"operation":"portal.signIn"');
    expect(text).toContain('"errorCode":"activationCodeInvalid"');
    expect(text).not.toContain(activationCode);
    expect(text).not.toContain('ORBIT-LOGS');
    expect(text).not.toContain(person.cookie().split('=')[1]);
    expect(text).not.toContain('defect');
  });
});

describe('guessing activation codes', () => {
  it('is stopped, in the portal and in the calls together', async () => {
    const strict = await startLicensingApi({ clock: START });
    try {
      const person = visitor(strict);
      for (let time = 0; time < 9; time += 1) expect((await person.signIn('ORBIT-NO')).status).toBe(404);
      const device = await makeDevice({ api: strict, code: 'ORBIT-NO' });
      expect((await person.bring({ text: await device.request() })).status).toBe(404);
      const blocked = await person.signIn(strict.activationCode);
      expect([blocked.status, blocked.headers['retry-after']]).toEqual([429, '900']);
      expect(textOf(blocked)).toContain('Too many attempts.');
      const call = await httpsCall({
        url: `${strict.url}/api/v1/offline/tokens`,
        method: 'POST',
        ca: strict.caPem,
        headers: { 'N-TenantId': strict.tenantId },
        json: { token: await device.request() },
      });
      expect(bodyOf<{ errorCode: string }>(call).errorCode).toBe('rateLimited');
      strict.setClock(START + 15 * MINUTE);
      expect(headingOf(await person.signIn(strict.activationCode))).toBe('Activations');
    } finally {
      await strict.close();
    }
  });
});
