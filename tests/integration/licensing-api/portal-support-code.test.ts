import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supportCode } from '../../../shared/support-code/support-code.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { headingOf, textOf, visitor } from './portal-visitor.ts';

const CODE = supportCode({
  license: {
    state: 'notActivated',
    reasons: [{ code: 'seatReleased' }, { code: 'keyringWeak' }],
    activation: null,
    lastContactAt: 0,
  },
  version: '1.4.2',
  environment: 'live',
  platform: 'windows',
  product: 1,
  now: 3 * 86_400_000,
});

describe('the page of the portal for support codes', () => {
  let api: LicensingApi;
  beforeAll(async () => {
    api = await startLicensingApi({});
  });
  afterAll(() => api.close());

  async function read(typed: string) {
    const person = visitor(api);
    const page = await person.get('/portal/support-code');
    expect(headingOf(page)).toBe('Read a support code');
    return await person.post('/portal/support-code', { supportCode: typed });
  }

  it('tells what a code means, however it was typed', async () => {
    const answer = await read(` ${CODE.toLowerCase().replaceAll('-', ' ')} `);
    const text = textOf(answer);
    expect(answer.status).toBe(200);
    for (const part of ['notActivated', '3 days ago', '1.4.2, windows, live', 'number 2', 'seatReleased']) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/misheard|no support code/);
  });

  it('finds the character that was misheard, and asks back', async () => {
    const wrong = `${CODE.startsWith('7') ? '8' : '7'}${CODE.slice(1)}`;
    const text = textOf(await read(wrong));
    expect(text).toContain('One character was probably misheard');
    expect(text).toContain(CODE);
  });

  it.each(['', 'HELLO', '7777-7777-7777', '"><script>alert(1)</script>'])(
    'says that %j is none',
    async (typed) => {
      const answer = await read(typed);
      expect(textOf(answer)).toContain('This is no support code');
      expect(answer.text).not.toContain('<script>alert');
    },
  );

  it('takes no form that is not the visitor’s own', async () => {
    const person = visitor(api);
    await person.get('/portal/support-code');
    const answer = await person.post('/portal/support-code', { supportCode: CODE, csrf: 'wrong' });
    expect(answer.status).toBe(403);
    expect(textOf(answer)).not.toContain('seatReleased');
  });
});
