import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isErrorCode } from '../../../shared/errors.ts';
import { ERROR_STATUS } from '../../licensing-api/answer.ts';
import { loadContract } from '../../licensing-api/contract.ts';
import { HANDLERS } from '../../licensing-api/routes/handlers.ts';

const FILE = path.resolve(import.meta.dirname, '../../../shared/licensing-api/openapi.yaml');
const errorCodes = v.object({
  components: v.object({
    schemas: v.object({
      ErrorCode: v.object({ enum: v.array(v.string()), 'x-status': v.record(v.string(), v.number()) }),
    }),
  }),
});

describe('the contract', () => {
  it('has a handler for every operation, and every handler an operation', () => {
    const operations = loadContract().map((operation) => operation.id);
    expect(operations.toSorted()).toEqual(Object.keys(HANDLERS).toSorted());
  });

  it('gives every error code the status that the server answers with', async () => {
    const document: unknown = parse(await readFile(FILE, 'utf8'));
    const { ErrorCode } = v.parse(errorCodes, document).components.schemas;
    expect(ErrorCode['x-status']).toEqual(ERROR_STATUS);
    expect(ErrorCode.enum.toSorted()).toEqual(Object.keys(ERROR_STATUS).toSorted());
  });

  it('has no error code that the client has no words for', () => {
    expect(Object.keys(ERROR_STATUS).filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it('has schemas that compile, and that refuse what is no object, header or body of theirs', () => {
    for (const operation of loadContract()) {
      for (const parameter of operation.parameters) {
        expect(parameter.check({}), `${operation.id} ${parameter.name}`).not.toBeNull();
      }
      if (operation.body !== null) expect(operation.body.check('text'), operation.id).not.toBeNull();
      for (const status of [200, 201, 204, 400, 401, 500]) {
        expect(operation.checkAnswer(status, {}, 'text'), `${operation.id} ${status}`).not.toBeNull();
      }
    }
  });

  it('finds answers that break it', () => {
    const refresh = loadContract().find((operation) => operation.id === 'refreshActivation');
    const activation = {
      id: 'act_AAAAAAAAAAAAAAAAAAAAAA',
      activationMethod: 'activationCode',
      status: 'active',
      leaseExpiry: '2026-03-01T09:00:00.000Z',
      seatId: 'seat-1',
      activated: '2026-03-01T09:00:00.000Z',
      lastLease: '2026-03-01T09:00:00.000Z',
      mode: 'online',
    };
    const nonce = { 'N-Nonce': 'a-good-nonce' };
    const check = (status: number, headers: Record<string, string>, body: unknown) =>
      refresh?.checkAnswer(status, headers, body);
    expect(check(200, nonce, activation)).toBeNull();
    expect(check(200, nonce, { ...activation, addedLater: 1 })).toBeNull();
    expect(check(200, {}, activation)).toContain('N-Nonce');
    expect(check(200, { 'N-Nonce': 'with space' }, activation)).toContain('N-Nonce');
    expect(check(200, nonce, { ...activation, leaseExpiry: 'soon' })).toContain('leaseExpiry');
    expect(check(200, nonce, undefined)).not.toBeNull();
    expect(check(202, nonce, activation)).toContain('202');
    expect(check(409, {}, { errorCode: 'nonceMismatch' })).toBeNull();
    expect(check(409, {}, { errorCode: 7 })).toContain('errorCode');
  });
});
