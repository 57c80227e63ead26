import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { asAnswer } from '../../../electron/api/answers.ts';
import { factorDigest, seatIdOf } from '../../../electron/fingerprint/digest.ts';
import { FACTORS, THRESHOLD_PERCENT } from '../../../electron/fingerprint/match-policy.ts';
import { parsePublicKey } from '../../../shared/license-file/public-key.ts';
import { verdictOf, verifyLicenseFile } from '../../../shared/license-file/verify.ts';
import { CLAIMS } from '../../../shared/token/claims.ts';
import { concatKdf } from '../../../shared/token/jwe.ts';
import { thumbprint } from '../../../shared/token/keys.ts';
import { EXTENSIONS, LABELS, TOKEN_KINDS, typOf } from '../../../shared/token/kinds.ts';
import { MAX_JWE_LENGTH, MAX_TEXT_BYTES } from '../../../shared/token/limits.ts';
import { ERROR_STATUS } from '../../licensing-api/answer.ts';
import { otherVendor } from './signed-file.ts';

/** What the pages for vendors say, held against the code: values to try, shapes, limits and codes. */

const page = (folder: string) =>
  readFileSync(path.resolve(import.meta.dirname, '../../../shared', folder, 'FORMAT.md'), 'utf8');
const tokens = page('token');
const files = page('license-file');

/** The JSON that a page shows, with ids in place of the dots. */
const shapes = (text: string): Record<string, unknown>[] =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) =>
    JSON.parse(
      json.replaceAll(/"(t|prod|act|ent)_\.\.\."/g, (_, kind: string) => `"${kind}_${'x'.repeat(22)}"`),
    ),
  );

const withName = (all: readonly Record<string, unknown>[], name: string) =>
  all.find((shape) => name in shape) ?? {};

const SALT = Uint8Array.from({ length: 32 }, (_, index) => index);
const MACHINE_ID = '0123456789abcdef0123456789abcdef';

describe('shared/token/FORMAT.md', () => {
  it('gives values to try that the code has too', () => {
    const [, secret = '', key = ''] = /`([0-9a-f]{64})`, gives the key\s+`([0-9a-f]{64})`/.exec(tokens) ?? [];
    expect(Buffer.from(concatKdf(Buffer.from(secret, 'hex'), 'A256GCM', 256)).toString('hex')).toBe(key);
    const { sign } = v.parse(CLAIMS['activation-request'], withName(shapes(tokens), 'deviceKeys')).deviceKeys;
    expect(tokens).toContain(`\`${thumbprint(sign)}\``);
  });

  it('shows a request and a response that are taken', () => {
    const request = v.parse(CLAIMS['activation-request'], withName(shapes(tokens), 'deviceKeys'));
    const response = v.parse(CLAIMS['activation-response'], withName(shapes(tokens), 'rid'));
    expect(asAnswer('ActivationState', response.activation)).not.toBeNull();
    expect(asAnswer('Entitlement', response.entitlement)).not.toBeNull();
    expect(response).toMatchObject({ rid: request.jti, activation: { seatId: request.seatId } });
    expect(response.iat).toBeGreaterThan(request.iat);
  });

  it('names every kind, label, ending, limit, and code of the portal', () => {
    for (const kind of TOKEN_KINDS) {
      for (const name of [typOf(kind), LABELS[kind], EXTENSIONS[kind]])
        expect(tokens).toContain(`\`${name}\``);
    }
    for (const limit of [MAX_JWE_LENGTH, MAX_TEXT_BYTES]) {
      expect(tokens).toContain(`${Math.floor(limit / 1000)} ${String(limit % 1000).padStart(3, '0')}`);
    }
    const said = [...tokens.matchAll(/\b([45]\d\d)\s+`([a-z][A-Za-z]+)`/g)];
    expect(said.length).toBeGreaterThan(20);
    const statuses: Readonly<Record<string, number>> = ERROR_STATUS;
    for (const [text, status, code = ''] of said) expect(statuses[code], text).toBe(Number(status));
    const codes = new Set(said.map(([, , code]) => code));
    for (const code of Object.keys(ERROR_STATUS).filter((it) => it.startsWith('token'))) {
      expect(codes, code).toContain(code);
    }
  });
});

describe('shared/license-file/FORMAT.md', () => {
  it('shows a dataset that is valid once it is signed', () => {
    const dataset = withName(shapes(files), 'data');
    const vendor = otherVendor();
    const key = parsePublicKey(vendor.publicKey);
    const report = verifyLicenseFile(vendor.sign(dataset), {
      publicKeys: key === null ? [] : [key],
      now: Date.parse('2026-03-03T00:00:00Z'),
      compareDevice: ({ factors, seatId }) =>
        factors?.['machineId'] === factorDigest(SALT, 'machineId', MACHINE_ID) &&
        seatId === seatIdOf(SALT, 'machineId', MACHINE_ID)
          ? 'same'
          : 'different',
    });
    expect(report === null ? null : verdictOf(report)).toBe('valid');
    expect(report?.dataset).toMatchObject({ ttl: 14 * 86_400, expiry: Date.parse('2026-03-16T09:30:00Z') });
    const { activation, entitlement } = v.parse(
      v.object({ attributes: v.object({ activation: v.looseObject({}), entitlement: v.unknown() }) }),
      report?.dataset?.data,
    ).attributes;
    expect(asAnswer('ActivationState', { ...activation, features: [] })).not.toBeNull();
    expect(asAnswer('Entitlement', entitlement)).not.toBeNull();
  });

  it('gives the weights, the share and the digest that Latchkey has', () => {
    const [, rule = ''] = /\*\*The rule\.\*\*([\s\S]*?)\n## /.exec(files) ?? [];
    for (const [name, { weight }] of Object.entries(FACTORS)) expect(rule).toContain(`${name} ${weight}`);
    expect(rule).toContain(`${THRESHOLD_PERCENT} %`);
    expect(files).toContain(`\`${MACHINE_ID}\` has the digest`);
    expect(files).toContain(`\`${factorDigest(SALT, 'machineId', MACHINE_ID)}\``);
    expect(files).toContain(`\`${seatIdOf(SALT, 'machineId', MACHINE_ID)}\``);
  });
});
