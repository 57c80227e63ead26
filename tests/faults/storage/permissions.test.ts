import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { onLinux } from './disk.ts';
import { withWorld, type Running } from './disk-world.ts';

/* An ordinary user without the permissions that are needed; root, as in many containers, is stopped by none. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const NOBODY = 65_534;

const { server, buyOnline, disk, place, start, expectTidy } = withWorld({ unprivileged: true });

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  if (process.getuid?.() === 0) expect(await disk.become(NOBODY)).toBe(NOBODY);
});
afterAll(async () => {
  if (process.platform === 'linux' && process.getuid?.() === 0) await disk.become(0);
});

const chmod = (mode: string, file: string) => disk.sh('chmod', mode, file);

async function licensed(): Promise<
  Running & { readonly dir: string; readonly seatsUsed: () => Promise<number> }
> {
  const { code, seatsUsed } = await buyOnline();
  const dir = await place();
  const app = await start(path.join(dir, 'data'));
  expect(await app.activate(code)).toBe('ok');
  return { ...app, activate: () => app.activate(code), dir, seatsUsed };
}

onLinux('without permission', () => {
  it('to write the folder of the vault: the license works, and nothing is called for', async () => {
    const app = await licensed();
    await chmod('500', app.vault);
    expect(await app.refresh()).toBe('vaultReadOnly');
    expect(await app.deactivate()).toBe('vaultReadOnly');
    expect(await app.view()).toMatchObject({ state: 'active', remedies: { vaultReadOnly: 'fixStorage' } });
    expect(await app.seatsUsed()).toBe(1);
    await chmod('700', app.vault);
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).codes).not.toContain('vaultReadOnly');
    await expectTidy(app);
    await app.stop();
  });

  it('to make the folder of the vault: no seat is taken', async () => {
    const { code, seatsUsed } = await buyOnline();
    const dir = await place();
    const app = await start(path.join(dir, 'data'));
    await chmod('500', dir);
    expect(await app.activate(code)).toBe('vaultReadOnly');
    expect(await app.change('de')).toBe('vaultReadOnly');
    expect(await seatsUsed()).toBe(0);
    await chmod('700', dir);
    expect(await app.activate(code)).toBe('ok');
    expect(await app.change('de')).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it.each([
    ['the license', 'vaultUnsafe', '600', (app: Running) => app.record],
    ['the key', 'vaultUnsafe', '600', (app: Running) => path.join(app.vault, 'keys.json')],
    ['the folder of the vault', 'vaultReadOnly', '700', (app: Running) => app.vault],
    ['the data folder', 'vaultUnsafe', '700', (app: Running) => app.dataDir],
  ])('to read %s: that is told, and nothing takes its place', async (_, code, right, pathOf) => {
    const app = await licensed();
    await chmod('000', pathOf(app));
    for (const again of [() => Promise.resolve(), app.restart]) {
      await again();
      expect(await app.refresh()).toBe(code);
      expect(await app.activate('')).toBe(code);
      expect((await app.view()).state).toBe('uninitialized');
    }
    await chmod(right, pathOf(app));
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await app.seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it('to write license files: software keeps the old one, and the user is told when it is none', async () => {
    const app = await licensed();
    const folder = path.dirname(app.licenseFile);
    await disk.sh('rm', app.licenseFile);
    await chmod('500', folder);
    expect(await app.refresh()).toBe('ok');
    expect(await app.check()).toBe('licenseFileMissing');
    expect(await app.view()).toMatchObject({ state: 'active', remedies: { licenseFileMissing: 'refresh' } });
    await chmod('700', folder);
    expect(await app.refresh()).toBe('ok');
    expect(await app.check()).toBe('ok');
    expect((await app.view()).codes).not.toContain('licenseFileMissing');
    await expectTidy(app);
    await app.stop();
  });

  it('to write the log: the application runs, and logs again afterwards', async () => {
    const app = await licensed();
    const logs = path.join(app.dataDir, 'logs');
    await disk.sh('rm', '-rf', logs);
    await disk.sh('mkdir', '-m', '500', logs);
    expect(await app.refresh()).toBe('ok');
    await app.restart();
    expect(await app.refresh()).toBe('ok');
    expect(Object.keys(await disk.list(logs))).toEqual([]);
    await chmod('700', logs);
    await app.restart();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(Object.keys(await disk.list(logs))).toEqual(['latchkey.log']);
    await expectTidy(app);
    await app.stop();
  });

  it('to save a file: that is told with the name of the error, and the folder of the file stays as it was', async () => {
    const { code } = await buyOnline();
    const dir = await place();
    const dataDir = path.join(dir, 'data');
    const cli = (...args: readonly string[]) => disk.cli(server().profile, dataDir, args, `${code}\n`);
    const folder = path.join(dir, 'barred');
    await disk.sh('mkdir', '-m', '500', folder);
    const out = path.join(folder, 'request.txt');
    const refused = await cli('offline', 'request', '--code-file', '-', '--out', out);
    expect(refused).toMatchObject({ exit: 84, out: '' });
    expect(refused.err).toContain('EACCES');
    const missing = await cli(
      'offline',
      'request',
      '--code-file',
      '-',
      '--out',
      path.join(dir, 'no', 'such'),
    );
    expect(missing.exit).toBe(84);
    expect(missing.err).toContain('ENOENT');
    expect(Object.keys(await disk.list(folder))).toEqual([]);
    // Where only the file itself may be written, it is.
    await chmod('700', folder);
    await disk.write(out, 'old');
    await chmod('500', folder);
    expect(await cli('offline', 'request', '--code-file', '-', '--out', out)).toMatchObject({
      exit: 0,
      err: '',
    });
    expect(Buffer.from((await disk.read(out)) ?? '', 'base64').toString()).toContain('-----BEGIN LATCHKEY');
    await chmod('700', folder);
    await expectTidy({ dataDir });
  });
});

onLinux('the modes of files and folders', () => {
  it.each([0o000, 0o022, 0o077])('are for this user alone, whatever the mask (%i)', async (mask) => {
    const before = await disk.umask(mask);
    const app = await licensed();
    expect(await app.change('de')).toBe('ok');
    expect(await app.refresh()).toBe('ok');
    const listed = Object.keys(await disk.list(app.dataDir));
    for (const name of [
      'vault',
      'logs',
      'license-files',
      'logs/latchkey.log',
      'settings.json',
      'contacts.json',
    ]) {
      expect(listed).toContain(name);
    }
    await expectTidy(app);
    await app.stop();
    await disk.umask(before);
  });

  it('of a folder that was more open are made so', async () => {
    const app = await licensed();
    for (const name of ['vault', 'logs', 'license-files']) await chmod('755', path.join(app.dataDir, name));
    await disk.sh('rm', app.licenseFile);
    await app.restart();
    expect(await app.refresh()).toBe('ok');
    await expectTidy(app);
    await app.stop();
  });
});
