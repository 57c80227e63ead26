import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { NO_EXCHANGE, type Exchange } from '../../../electron/offline/records.ts';
import { findToken, offlineView, tokenView } from '../../../electron/offline/token-view.ts';
import { offlineViewSchema, tokenViewSchema } from '../../../shared/offline.ts';
import { joinQr } from '../../../shared/token/qr-series.ts';
import { recogniseToken } from '../../../shared/token/recognise.ts';
import { makeParties, sealed } from '../token/samples.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const AT = Date.parse('2026-03-02T10:20:30.400Z');
const PRODUCT = { productId: 'prod_1', name: 'Signal Studio' };
const parties = makeParties();
const jwe = sealed('deactivation', parties);
const token = { id: 'id-1', madeAt: AT, token: jwe };

const keys = { sign: 'secret-sign', encrypt: 'secret-encrypt' };
const request = (id: string, madeAt: number) => ({
  id,
  madeAt,
  token: jwe,
  code: typedCode('SECRET-CODE'),
  seatId: 'seat-1',
  seatName: 'Bridge',
  editionId: null,
  keys,
});
const receipt = (id: string, madeAt: number) => ({ id, activationId: 'act_1', madeAt, token: jwe });
const exchange: Exchange = {
  requests: [request('a', 1), request('b', 2)],
  held: null,
  receipts: [receipt('c', 1), receipt('d', 2)],
};

describe('tokenView', () => {
  it('gives the same token as text and as codes', () => {
    const view = tokenView(PRODUCT, 'deactivation', token);
    expect(v.parse(tokenViewSchema, view)).toEqual(view);
    expect(recogniseToken(view.armored)).toEqual({ ok: true, value: { kind: 'deactivation', jwe } });
    expect(view.armored).toContain('Product: Signal Studio\nMade: 2026-03-02T10:20:30.400Z\n');
    expect(joinQr(view.codes)).toMatchObject({ ok: true, value: jwe });
    expect(view.fileName).toBe('Signal-Studio-2026-03-02-10-20.lkdeactivation');
  });

  it('has no codes for a token that is too long for them', () => {
    const long = `${jwe}${'A'.repeat(40_000)}`;
    expect(tokenView(PRODUCT, 'activation-request', { ...token, token: long }).codes).toEqual([]);
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['CON: "a"*?<b>|\u0007', 'CON-a-b'],
    ['Prüfstand 3 – نظام', 'Prüfstand-3-نظام'],
    ['\u202egnp.exe', 'gnp-exe'],
    ['...', 'license'],
    ['x'.repeat(80), 'x'.repeat(60)],
  ])('names the file of %j so that every file system takes it', (name, base) => {
    const { fileName } = tokenView({ ...PRODUCT, name }, 'activation-request', token);
    expect(fileName).toBe(`${base}-2026-03-02-10-20.lkrequest`);
  });
});

describe('findToken', () => {
  it('finds requests and receipts by their id', () => {
    expect(findToken(PRODUCT, exchange, 'b')).toMatchObject({ id: 'b', kind: 'activation-request' });
    expect(findToken(PRODUCT, exchange, 'c')).toMatchObject({ id: 'c', kind: 'deactivation' });
    expect(findToken(PRODUCT, exchange, 'e')).toBeNull();
    expect(findToken(PRODUCT, NO_EXCHANGE, 'b')).toBeNull();
  });
});

describe('offlineView', () => {
  it('lists the newest first, and nothing secret', () => {
    const view = offlineView(exchange, true);
    expect(v.parse(offlineViewSchema, view)).toEqual(view);
    expect(view.requests.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(view.receipts.map(({ id }) => id)).toEqual(['d', 'c']);
    const text = JSON.stringify(view);
    for (const secret of ['SECRET-CODE', 'secret-sign', 'secret-encrypt', jwe])
      expect(text).not.toContain(secret);
    expect(offlineView(NO_EXCHANGE, false)).toEqual({ available: false, requests: [], receipts: [] });
  });
});
