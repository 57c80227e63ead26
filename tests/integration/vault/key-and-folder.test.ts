import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import {
  adoptDevice,
  bytesIn,
  codeOf,
  DESKTOP,
  machine,
  open,
  OTHER_PRODUCT,
  PRODUCT,
  put,
  textIn,
  valueOf,
  vaultFolder,
} from '../../support/vault.ts';

const onPosix = process.platform !== 'win32';

describe('the key', () => {
  it('does not open on other hardware, nor is it replaced there', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const before = bytesIn(dir);
    const elsewhere = machine(DESKTOP, { board: 1, disk: 1, mac: 1 });
    const thief = await open(dir, { machineKeys: elsewhere });
    expect(await textIn(thief)).toBe('vaultKeyUnavailable');
    expect(codeOf(await put(thief, 'his'))).toBe('vaultKeyUnavailable');
    expect(codeOf(await put(thief, 'his', OTHER_PRODUCT))).toBe('vaultKeyUnavailable');
    expect(thief.condition()).toMatchObject({
      vault: 'unavailable',
      keyProblem: 'otherMachine',
      provider: null,
    });
    expect(bytesIn(dir)).toEqual(before);
  });

  it('opens after a new network card and is bound to the new one where that was learned', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const drifted = await open(dir, { machineKeys: machine(DESKTOP, { mac: 1 }) });
    expect(await textIn(drifted)).toBe('mine');
    expect(drifted.condition().drifted).toBe(true);
    await put(drifted, 'still mine');
    // Nothing is learned by the way: who knows the device has to say so.
    const tooMuch = await open(dir, { machineKeys: machine(DESKTOP, { mac: 1, board: 1 }) });
    expect(await textIn(tooMuch)).toBe('vaultKeyUnavailable');
    expect(codeOf(await adoptDevice(drifted))).toBe('ok');
    // One change after another: only because each was learnt does the second one pass.
    const later = await open(dir, { machineKeys: machine(DESKTOP, { mac: 1, board: 1 }) });
    expect(await textIn(later)).toBe('still mine');
    const unlearnt = await open(dir, { machineKeys: machine(DESKTOP, { mac: 2, board: 1 }) });
    expect(await textIn(unlearnt)).toBe('vaultKeyUnavailable');
  });

  it('is made anew only when asked for, and then everything old is set aside', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'old');
    const vault = await open(dir, { machineKeys: machine(['machineId'], { machineId: 9 }) });
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    const begun = await vault.startAnew((transaction) => transaction.write(PRODUCT, { text: 'new' }, 0));
    expect(valueOf(begun)).toBe(1);
    expect(await textIn(vault)).toBe('new');
    expect(vault.condition()).toMatchObject({ vault: 'good', keyProblem: null });
    expect(vault.condition().setAside).toHaveLength(4);
  });

  it('that is lost is told as damage, and writing begins anew', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'old');
    for (const name of ['keys', 'keys.copy']) writeFileSync(join(dir, `${name}.json`), 'x');
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultDamaged');
    expect(vault.condition()).toMatchObject({ vault: 'damaged', keyProblem: 'lost' });
    expect(valueOf(await put(vault, 'new'))).toBe(1);
    expect(await textIn(await open(dir))).toBe('new');
    expect(vault.condition().setAside).toHaveLength(4);
  });

  it('is mended from its copy', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const good = readFileSync(join(dir, 'keys.json'));
    writeFileSync(join(dir, 'keys.json'), 'x');
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('mine');
    await put(vault, 'next');
    expect(readFileSync(join(dir, 'keys.json'))).toEqual(good);
    expect(vault.condition().setAside).toHaveLength(1);
  });

  it('of a later version stops everything', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    writeFileSync(join(dir, 'keys.json'), '{"v":3}');
    const before = bytesIn(dir);
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultNewer');
    expect(codeOf(await put(vault, 'next'))).toBe('vaultNewer');
    expect(codeOf(await vault.startAnew(() => Promise.resolve(ok(undefined))))).toBe('vaultNewer');
    expect(vault.condition()).toMatchObject({ vault: 'newer', keyProblem: 'newer' });
    expect(bytesIn(dir)).toEqual(before);
  });

  it('needs something to be bound to', async () => {
    const vault = await open(vaultFolder(), { machineKeys: [] });
    expect(codeOf(await put(vault, 'x'))).toBe('vaultKeyUnavailable');
  });
});

describe.runIf(onPosix)('a folder that is not safe', () => {
  it.each<[string, (dir: string) => void]>([
    [
      'a link',
      (dir) => {
        mkdirSync(`${dir}-real`, { mode: 0o700 });
        symlinkSync(`${dir}-real`, dir);
      },
    ],
    ['a file', (dir) => writeFileSync(dir, 'x')],
    [
      'writable for everybody',
      (dir) => {
        mkdirSync(dir);
        chmodSync(dir, 0o777);
      },
    ],
    [
      'writable for the group',
      (dir) => {
        mkdirSync(dir);
        chmodSync(dir, 0o770);
      },
    ],
  ])('is refused: %s', async (_, make) => {
    const dir = vaultFolder();
    make(dir);
    await expect(open(dir)).rejects.toThrow('vaultUnsafe');
  });

  it('is refused also when it becomes so later', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'mine');
    chmodSync(dir, 0o777);
    expect(await textIn(vault)).toBe('vaultUnsafe');
    expect(codeOf(await put(vault, 'next'))).toBe('vaultUnsafe');
    chmodSync(dir, 0o755);
    expect(codeOf(await put(vault, 'next'))).toBe('ok');
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('does not follow a link in place of a file, nor write through it', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'mine');
    const target = `${dir}-target`;
    writeFileSync(target, 'untouched');
    rmSync(join(dir, `${PRODUCT}.json`));
    symlinkSync(target, join(dir, `${PRODUCT}.json`));
    expect(await textIn(vault)).toBe('vaultUnsafe');
    expect(codeOf(await put(vault, 'next'))).toBe('vaultUnsafe');
    expect(readFileSync(target, 'utf8')).toBe('untouched');
  });
});
