import { format, inspect } from 'node:util';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../electron/ports.ts';
import { describeError } from '../../../electron/support/crash-report.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { redact } from '../../../electron/support/redact-policy.ts';
import { secretText } from '../../../electron/support/secret-schema.ts';
import { Secret } from '../../../electron/support/secret.ts';
import { sealedJson } from '../../../electron/vault/sealed-json.ts';
import type { JsonObject } from '../../../electron/vault/types.ts';
import { failure } from '../../../shared/errors.ts';
import type { Facts } from '../../../shared/facts.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';

const VALUE = 'correct horse battery staple';
const secret = new Secret('password', VALUE);

/** What a careless line of the program would make of it. */
const CARELESS: readonly (readonly [string, () => string])[] = [
  ['a template', () => `${String(secret)} ${secret.toString()}`],
  ['a joined list', () => [secret, secret].join(' ')],
  ['JSON', () => JSON.stringify({ secret })],
  ['JSON of a list', () => JSON.stringify([[secret]])],
  ['util.inspect', () => inspect({ deep: [secret] }, { showHidden: true, getters: true, depth: 9 })],
  ['util.format', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['a clone, as for another process', () => JSON.stringify(structuredClone({ secret }))],
  ['its members', () => JSON.stringify(Object.entries(secret))],
  ['a copy of its members', () => JSON.stringify(Object.assign({}, secret))],
  ['a log that is given anything', () => JSON.stringify(redact({ harmless: secret }))],
  ['the cause of an error', () => inspect(new Error('failed', { cause: secret }))],
  ['an error that is one of several', () => inspect(new AggregateError([secret], 'failed'))],
  ['the message of an error', () => String(new Error(secret as unknown as string))],
  ['what is thrown itself', () => JSON.stringify([describeError(secret), 'password'])],
];

describe('a secret', () => {
  it.each(CARELESS)('shows its kind and nothing else in %s', (_, show) => {
    expect(show()).toContain('password');
    expect(show()).not.toContain('horse');
  });

  it('comes out by name, and where a record is sealed', () => {
    expect(secret.reveal()).toBe(VALUE);
    const value = { name: 'proxy', logins: [{ password: secret }], none: undefined };
    expect(JSON.parse(sealedJson({ value }))).toEqual({
      value: { name: 'proxy', logins: [{ password: VALUE }] },
    });
  });

  it('is one from the moment that it is read, and too long a text is none', () => {
    const schema = v.strictObject({ nonce: secretText('nonce', 8) });
    const read = v.parse(schema, { nonce: 'abcdefgh' });
    expect(read.nonce.reveal()).toBe('abcdefgh');
    expect(v.safeParse(schema, { nonce: 'abcdefghi' }).success).toBe(false);
    expect(v.safeParse(schema, { nonce: read.nonce }).success).toBe(false);
  });

  it('is the same as another one by its value alone', () => {
    expect(secret.isSame(new Secret('password', VALUE))).toBe(true);
    expect(secret.isSame(new Secret('password', `${VALUE}.`))).toBe(false);
    expect(secret.rewritten((value) => value.toUpperCase()).reveal()).toBe(VALUE.toUpperCase());
  });

  it('is compared by its value in the tests too', () => {
    expect({ secret }).toEqual({ secret: new Secret('password', VALUE) });
    expect({ secret }).not.toEqual({ secret: new Secret('password', 'another') });
    expect(secret).not.toEqual(new Secret('nonce', VALUE));
    expect({ secret }).not.toMatchObject({ secret: new Secret('password', 'another') });
  });

  it('has a type that no log, fact, evidence, record in clear or other secret takes', () => {
    const log: Log = SILENT;
    const record = { activation: null, secrets: { accessToken: secret }, list: [{ secret }] };
    // Each of these lines must be an error of the compiler, or the compiler says that it is none.
    // @ts-expect-error -- no detail of a log
    log.info('said', { secret });
    // @ts-expect-error -- not within something else either
    log.warn('said', { record });
    // @ts-expect-error -- nor in a list
    log.error('said', { all: [secret] });
    // @ts-expect-error -- no message of a log
    log.debug(secret);
    // @ts-expect-error -- no fact of a failure
    failure('internal', { field: secret });
    // @ts-expect-error -- no fact at all
    const facts: Facts = { host: secret };
    // @ts-expect-error -- no evidence of a check
    const evidence: Evidence = { kind: 'address', name: 'proxy', value: secret };
    // @ts-expect-error -- no record that is written in clear
    const stored: JsonObject = { secret };
    // @ts-expect-error -- no text
    const text: string = secret;
    // @ts-expect-error -- no secret of another kind
    const nonce: Secret<'nonce'> = secret;
    // The same without a secret is fine.
    const unforeseen: unknown = secret;
    log.info('said', { kind: secret.kind, error: unforeseen, list: [1], nested: { deep: true } });
    for (const one of [facts, evidence, stored, text, nonce]) expect(inspect(one)).not.toContain('horse');
  });
});
