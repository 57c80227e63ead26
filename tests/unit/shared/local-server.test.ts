import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isSameServer, localServerSchema } from '../../../shared/local-server.ts';

const PIN = { sha256: `${'A'.repeat(43)}=` };
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const parse = (input: unknown) => v.safeParse(localServerSchema, input);

describe('a local server', () => {
  it.each([
    ['a pin', { url: 'https://licenses.plant.example:6501', pins: [PIN] }],
    ['a certificate', { url: 'https://licenses.plant.example:6501', ca: CA, pins: [] }],
    ['both', { url: 'https://licenses.plant.example:6501', ca: CA, pins: [PIN] }],
  ])('is recognised by %s', (_name, input) => {
    expect(parse(input)).toMatchObject({ success: true, output: input });
  });

  it.each([
    ['neither', { url: 'https://licenses.plant.example', pins: [] }],
    ['no address', { ca: CA, pins: [] }],
    ['an address in the open', { url: 'http://licenses.plant.example', ca: CA, pins: [] }],
    ['a login in the address', { url: 'https://a:b@licenses.plant.example', ca: CA, pins: [] }],
    ['a query', { url: 'https://licenses.plant.example/?a=1', ca: CA, pins: [] }],
    ['what is no certificate', { url: 'https://licenses.plant.example', ca: 'MIIB', pins: [] }],
    ['what is no pin', { url: 'https://licenses.plant.example', pins: [{ sha256: 'short' }] }],
    ['a field that nobody knows', { url: 'https://licenses.plant.example', pins: [PIN], pinning: 'off' }],
  ])('is none with %s', (_name, input) => {
    expect(parse(input).success).toBe(false);
  });

  it('has one spelling of its address', () => {
    const spelled = ['HTTPS://Licenses.Plant.example/', 'https://licenses.plant.example:443'];
    const [one, other] = spelled.map((url) => v.parse(localServerSchema, { url, pins: [PIN] }));
    expect(one?.url).toBe('https://licenses.plant.example');
    expect(isSameServer(one, other)).toBe(true);
    // Read again from where it was kept, it is the same.
    expect(v.parse(localServerSchema, one)).toEqual(one);
  });

  it('is not the vendor’s own, nor one at another address, whatever it is recognised by', () => {
    const [one, other] = ['https://a.example', 'https://b.example'].map((url) =>
      v.parse(localServerSchema, { url, pins: [PIN] }),
    );
    expect(isSameServer(one, other)).toBe(false);
    expect(isSameServer(one, undefined)).toBe(false);
    expect(isSameServer(undefined, undefined)).toBe(true);
  });
});
