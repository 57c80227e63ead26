import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readProfile } from '../../../electron/platform/read-profile.ts';
import { minimalProfile } from '../shared/profile-sample.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-profile-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string) {
  const file = path.join(folder, 'profile.json');
  writeFileSync(file, content);
  return readProfile(file);
}

describe('readProfile', () => {
  it('reads a valid profile', () => {
    expect(read(JSON.stringify(minimalProfile()))).toMatchObject({
      ok: true,
      value: { tenantId: minimalProfile().tenantId },
    });
  });

  it('names the field that is wrong', () => {
    const answer = read(JSON.stringify({ ...minimalProfile(), environment: 'staging' }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'profileInvalid' } });
    expect(JSON.stringify(answer)).toContain('environment');
  });

  it('says that it is not JSON, and quotes nothing of it', () => {
    const answer = read('clientSecret=abc');
    expect(answer).toEqual({ ok: false, error: { code: 'profileInvalid', facts: { field: 'is not JSON' } } });
  });

  it('says that the file is not there', () => {
    expect(readProfile(path.join(folder, 'none.json'))).toEqual({
      ok: false,
      error: { code: 'profileInvalid', facts: { field: 'can not be read', system: 'ENOENT' } },
    });
  });
});
