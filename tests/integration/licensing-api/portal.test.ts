import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { armor, dearmor } from '../../licensing-api/offline/armor.ts';

import { splitIntoCodes } from '../../licensing-api/offline/qr-series.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, MINUTE, START, bodyOf, caller, type Caller } from './caller.ts';
import { makeDevice, type Device } from './offline-device.ts';
import { headingOf, textOf, visitor } from './portal-visitor.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, codeAttempts: { requests: 1000, perMilliseconds: DAY } });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

async function newDevice(request: Partial<CreateEntitlementRequest> = {}, seatName = 'Ship bridge') {
  const offlineLeasePeriod = { type: 'Day', count: 30 } as const;
  const entitlement = await calls.createEntitlement({ offlineLeasePeriod, ...request });
  const code = entitlement.activationCode;
  return { entitlement, code, device: await makeDevice({ api, code, seatName }) };
}

const openArmored = (device: Device, text: string) => device.open(dearmor(text)?.jwe ?? '');

describe('the portal without JavaScript', () => {
  it('plays the whole story: request, response, refresh, deactivation', async () => {
    const { code, device } = await newDevice();
    const person = visitor(api);
    const request = armor('activation-request', await device.request(), { Product: 'Orbit Studio' });
    const page = await person.bring({ file: request });
    expect([page.status, headingOf(page)]).toEqual([200, 'Your response is ready']);
    expect(textOf(page)).toContain(
      'For Ship bridge . With it the device is licensed until 31 March 2026, 09:00 UTC .',
    );
    const file = await person.click(page, 'Download response');
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="ship-bridge.lkresponse"',
    });
    const { claims } = await openArmored(device, file.text);
    expect(claims.seq).toBe(1);
    expect(page.text).toContain(file.text.trim());

    api.setClock(START + 25 * DAY);
    const activations = await person.signIn(code);
    expect(headingOf(activations)).toBe('Activations');
    expect(textOf(activations)).toContain('1 of 1 seat used');
    expect(textOf(activations)).toContain('Ship bridge Active Offline Lease until 31 March 2026, 09:00 UTC');
    const { id } = claims.activation;
    const refreshed = await person.follow(await person.post(`/portal/activations/${id}/refresh`, {}));
    expect(headingOf(refreshed)).toBe('Your refresh is ready');
    const refreshFile = await person.click(refreshed, 'Download refresh');
    expect(refreshFile.headers['content-disposition']).toBe('attachment; filename="ship-bridge.lkrefresh"');
    const refresh = await openArmored(device, refreshFile.text);
    expect(refresh.claims).toMatchObject({ seq: 2, activationId: id });

    const freed = await person.bring({ text: await device.deactivation(id) });
    expect([freed.status, headingOf(freed)]).toEqual([200, 'The seat is free']);
    expect(textOf(freed)).toContain('0 of 1 seat is used');
    expect(textOf(await person.get('/portal/activations'))).toContain('No device yet');
  });

  it('answers an upload again when the page is loaded again, with the same token', async () => {
    const { device } = await newDevice();
    const person = visitor(api);
    const request = await device.request();
    const [one, two] = [await person.bring({ text: request }), await person.bring({ file: request })];
    const files = [await person.click(one, 'Download'), await person.click(two, 'Download')];
    expect(files[0]?.text).toBe(files[1]?.text);
  });

  it('says that a seat is free already, in a friendly way', async () => {
    const { device } = await newDevice();
    const person = visitor(api);
    await person.bring({ text: await device.request() });
    const answer = await calls.call('POST', '/api/v1/offline/tokens', {
      headers: { 'N-TenantId': api.tenantId },
      json: { token: await device.request() },
    });
    const { claims } = await device.open(bodyOf<{ token: string }>(answer).token);
    const token = await device.deactivation(claims.activation.id);
    await person.bring({ text: token });
    const again = await person.bring({ text: token });
    expect([again.status, headingOf(again)]).toEqual([200, 'This seat is already free']);
  });

  it('says that the vendor released a seat', async () => {
    const { entitlement, device } = await newDevice();
    const person = visitor(api);
    await person.bring({ text: await device.request() });
    const [seat] = (await calls.listSeats(entitlement.id)).items;
    await calls.manage('DELETE', `/activations/${seat?.id}`);
    const page = await person.bring({ text: await device.deactivation(seat?.id ?? '') });
    expect([page.status, headingOf(page)]).toEqual([200, 'This seat is already free']);
    expect(textOf(page)).toContain('The vendor released the seat of Ship bridge before.');
  });

  it('shows the response as QR codes, and reads those of a request', async () => {
    const { device } = await newDevice();
    const person = visitor(api);
    const codes = splitIntoCodes(await device.request()) ?? [];
    expect(codes.length).toBeGreaterThan(1);
    const incomplete = await person.bring({ text: codes.slice(1).join('\n') });
    expect(incomplete.status).toBe(422);
    expect(textOf(incomplete)).toContain('Some QR codes are missing.');
    expect(textOf(incomplete)).toContain(codes[1]);
    const page = await person.bring({ text: codes.toReversed().join('') });
    expect(headingOf(page)).toBe('Your response is ready');
    const list = await person.click(page, 'Show as QR codes');
    const images = [...list.text.matchAll(/<img src="([^"]+)" alt="QR code (\d+) of (\d+)"/g)];
    expect(images.length).toBe(Number(images[0]?.[3]));
    const svg = await person.get(images[0]?.[1] ?? '');
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.text).toContain('<svg');
    const gif = await person.click(list, 'Save picture');
    expect(gif.headers['content-type']).toBe('image/gif');
    expect(gif.headers['content-disposition']).toMatch(/filename="ship-bridge-response-1-of-\d+\.gif"/);
    expect((await person.get((images[0]?.[1] ?? '').replace('1.svg', '99.svg'))).status).toBe(404);
  });

  it('refuses codes of two tokens', async () => {
    const { device } = await newDevice();
    const one = splitIntoCodes(await device.request()) ?? [];
    const two = splitIntoCodes(await device.request()) ?? [];
    const page = await visitor(api).bring({ text: [one[0], ...two.slice(1)].join('\n') });
    expect(page.status).toBe(422);
    expect(textOf(page)).toContain('These QR codes do not belong together.');
    const changed = [one[0]?.replace(/..$/, 'AA'), ...one.slice(1)].join('\n');
    expect(textOf(await visitor(api).bring({ text: changed }))).toContain('do not belong together');
  });

  it('lets a device choose which of its requests was answered', async () => {
    const { code, device } = await newDevice();
    const second = await makeDevice({ api, code });
    const person = visitor(api);
    await person.bring({ text: await device.request() });
    const only = await person.signIn(code);
    expect(only.text).not.toContain('<select');
    await person.bring({ text: await second.request() });
    const page = await person.get('/portal/activations');
    expect([...page.text.matchAll(/<option value="([^"]+)"/g)].map((it) => it[1])).toEqual([
      second.encrypt.kid,
      device.encrypt.kid,
    ]);
    const [, id = ''] = /activations\/(act_\w+)\/refresh/.exec(page.text) ?? [];
    const refreshed = await person.follow(
      await person.post(`/portal/activations/${id}/refresh`, { deviceKid: device.encrypt.kid }),
    );
    const file = await person.click(refreshed, 'Download refresh');
    expect((await openArmored(device, file.text)).claims.seq).toBe(3);
  });

  it('lists online activations without a refresh', async () => {
    const { code } = await newDevice();
    await calls.takeSeat(code, 'online-seat');
    const page = await visitor(api).signIn(code);
    expect(textOf(page)).toContain('online-seat Active Online');
    expect(page.text).not.toContain('/refresh');
  });
});

describe('what goes wrong', () => {
  it('is a sentence and a next step for every refusal', async () => {
    const { entitlement, device, code } = await newDevice();
    const person = visitor(api);
    const heading = async (text: string) => {
      const page = await person.bring({ text });
      expect(textOf(page)).toContain('What to do:');
      return [page.status, headingOf(page)];
    };
    expect(await heading('nonsense')).toEqual([400, 'This can not be read']);
    expect(await heading(await device.request({ outer: { kid: 'x' } }))).toEqual([
      422,
      'This portal does not know the key',
    ]);
    const tenantId = `t_${'A'.repeat(22)}`;
    expect(await heading(await device.request({ claims: { tenantId } }))).toEqual([
      422,
      'This file is for another vendor',
    ]);
    const never = await calls.createEntitlement();
    const online = await makeDevice({ api, code: never.activationCode });
    expect(await heading(await online.request())).toEqual([403, 'This license is for online use only']);
    await calls.takeSeat(code, 'somebody-else');
    expect(await heading(await device.request())).toEqual([402, 'All seats are taken']);
    await calls.change(entitlement.id, 'disable');
    expect(await heading(await device.request())).toEqual([403, 'The license is disabled']);
  });

  it('tells nothing sent from something too large', async () => {
    const person = visitor(api);
    const nothing = await person.bring({});
    expect([nothing.status, textOf(nothing).includes('Nothing was sent.')]).toEqual([422, true]);
    for (const what of [
      { file: 'A'.repeat(70_000) },
      { text: 'A'.repeat(70_000) },
      { file: 'A'.repeat(900_000) },
    ]) {
      const page = await person.bring(what);
      expect([page.status, headingOf(page)]).toEqual([413, 'This is too large']);
    }
  });

  it('is said for a wrong code at the field, and the code is kept', async () => {
    const page = await visitor(api).signIn('orbit-wrong');
    expect(page.status).toBe(404);
    expect(page.text).toContain('aria-invalid="true"');
    expect(page.text).toContain('value="orbit-wrong"');
    expect(textOf(page)).toContain('There is no such activation code.');
  });

  it('is a page for addresses that do not exist and forms that are none', async () => {
    const person = visitor(api);
    const missing = await person.get('/portal/elsewhere');
    expect([missing.status, headingOf(missing)]).toEqual([404, 'There is nothing here']);
    expect((await person.get(`/portal/answers/${'A'.repeat(43)}`)).status).toBe(404);
    expect((await person.get('/portal/activations')).headers['location']).toBe('/portal');
    const { code } = await newDevice();
    await person.signIn(code);
    const unknown = await person.post(`/portal/activations/act_${'A'.repeat(22)}/refresh`, {});
    expect([unknown.status, headingOf(unknown)]).toEqual([404, 'There is nothing here']);
  });

  it('signs out after half an hour without use', async () => {
    const { code } = await newDevice();
    const person = visitor(api);
    await person.signIn(code);
    api.setClock(START + 29 * MINUTE);
    expect((await person.get('/portal/activations')).status).toBe(200);
    api.setClock(START + 59 * MINUTE);
    expect((await person.get('/portal/activations')).status).toBe(303);
  });
});
