import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyFileOf, sourceAt } from '../../../electron/platform/managed-settings-file.ts';
import { openPolicy } from '../../../electron/settings/managed-settings.ts';
import { SILENT } from '../../../electron/support/log.ts';

const self = process.geteuid?.() ?? 0;
let root: string;
let folder: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'latchkey-policy-'));
  folder = path.join(root, 'com.acme.licenses');
  file = path.join(folder, 'policy.json');
  mkdirSync(folder, { mode: 0o755 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (content: unknown) =>
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o644 });
const open = (owners: readonly number[] = [self], isGuarded = () => true) =>
  openPolicy(sourceAt(file, { owners, isGuarded }), SILENT);

describe('the policy file', () => {
  it('is obeyed, and read anew when it changes, comes and goes', () => {
    const policy = open();
    expect(policy.current()).toEqual({ policy: null, problem: null });
    put({ policyVersion: 1, deny: ['deactivate'] });
    expect(policy.limits()).toEqual({
      denied: ['deactivate'],
      virtualMachinesForbidden: false,
      invalid: null,
    });
    expect(policy.refusalOf('changeSettings')).toBeNull();
    put({ policyVersion: 1, deny: ['changeSettings'], virtualMachines: 'forbidden' });
    expect(policy.limits()).toEqual({ denied: [], virtualMachinesForbidden: true, invalid: null });
    expect(policy.refusalOf('changeSettings')).toEqual({ code: 'deniedByPolicy' });
    rmSync(file);
    expect(policy.limits().virtualMachinesForbidden).toBe(false);
  });

  it('is no longer missing where its whole folder comes later', () => {
    rmSync(folder, { recursive: true });
    const policy = open();
    expect(policy.current()).toEqual({ policy: null, problem: null });
    mkdirSync(folder, { mode: 0o755 });
    put({ policyVersion: 1, proxy: { kind: 'none' } });
    expect(policy.current().policy?.proxy).toEqual({ kind: 'none' });
  });

  it.each([
    ['no JSON', '{"policyVersion":1', 'is not JSON'],
    ['another form', { policyVersion: 1, deny: 'all' }, 'deny: must be Array'],
    ['certificates that are none', { policyVersion: 1, ca: '-----BEGIN CERTIFICATE-----\nx' }, 'ca: must be'],
    ['too large', `"${'x'.repeat(300_000)}"`, 'is not a text file'],
  ])('is told where it can not be obeyed: %s', (_, content, problem) => {
    put(content);
    const policy = open();
    expect(policy.current().policy).toBeNull();
    expect(policy.limits().invalid).toContain(problem);
    expect(policy.refusalOf('changeSettings')?.code).toBe('policyInvalid');
  });
});

const OTHERS = 'others than administrators can write to the file';

describe.skipIf(process.platform === 'win32')('a policy file that others can have written', () => {
  beforeEach(() => put({ policyVersion: 1 }));

  it('is believed where it is guarded', () => {
    expect(open().limits().invalid).toBeNull();
  });

  it.each([
    ['the file is open to a group', () => chmodSync(file, 0o664)],
    ['the file is open to all', () => chmodSync(file, 0o646)],
    ['the folder is open to all', () => chmodSync(folder, 0o777)],
    [
      'the file is a link',
      () => {
        rmSync(file);
        writeFileSync(path.join(root, 'other.json'), '{"policyVersion":1}', { mode: 0o644 });
        symlinkSync(path.join(root, 'other.json'), file);
      },
    ],
  ])('is not believed: %s', (_, change) => {
    change();
    expect(open().limits().invalid).toBe(OTHERS);
  });

  it('is not believed where somebody else owns it', () => {
    // The same as an ordinary user's file beside the system's own.
    expect(open([self + 1]).limits().invalid).toBe(OTHERS);
    if (self !== 0) return;
    chownSync(file, 12_345, 0);
    expect(open([0]).limits().invalid).toBe(OTHERS);
  });

  it('is not believed where the access list lets others write', () => {
    expect(open([self], () => false).limits().invalid).toBe(OTHERS);
  });
});

it.each([
  ['linux', {}, '/etc/com.acme.licenses/policy.json'],
  ['darwin', {}, '/Library/Application Support/com.acme.licenses/policy.json'],
  ['win32', { ProgramData: 'D:\\Shared' }, 'D:\\Shared\\com.acme.licenses\\policy.json'],
  ['win32', {}, 'C:\\ProgramData\\com.acme.licenses\\policy.json'],
] as const)('lies where administrators of %s put such files', (platform, env, place) => {
  expect(policyFileOf('com.acme.licenses', { platform, env })).toBe(place);
});
