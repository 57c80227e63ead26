import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { onLinux } from './disk.ts';
import { withWorld } from './disk-world.ts';

/* A disk that goes read-only under the running application, goes away, or gives back errors instead of files. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const { server, buy, buyOnline, portal, disk, place, start, expectTidy } = withWorld();

const remount = (dir: string, mode: 'ro' | 'rw') => disk.sh('mount', '-o', `remount,${mode}`, dir);

onLinux('a read-only disk', () => {
  it('leaves the license usable, says so, makes no call, and lets everything go on afterwards', async () => {
    const { code, seatsUsed } = await buyOnline();
    const dir = await place('size=4m');
    const app = await start(path.join(dir, 'data'));
    expect(await app.activate(code)).toBe('ok');
    expect(await app.change('de')).toBe('ok');
    const before = await disk.sh('sh', '-c', `cd ${app.vault} && sha256sum *.json`);
    await remount(dir, 'ro');
    for (const work of [app.refresh, app.deactivate, () => app.activate(code), () => app.change('en')]) {
      expect(['vaultReadOnly', 'notAllowedInState']).toContain(await work());
    }
    expect(await app.refresh()).toBe('vaultReadOnly');
    const made = await app.request(code);
    expect(made.ok ? 'ok' : made.error.code).toBe('vaultReadOnly');
    const { state, codes, remedies, settings } = await app.view();
    expect(state).toBe('active');
    expect(codes).toContain('vaultReadOnly');
    expect(remedies['vaultReadOnly']).toBe('fixStorage');
    expect(settings.language).toBe('de');
    expect(await app.check()).toBe('ok');
    // Begun anew on the read-only disk it is the same.
    await app.restart();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('vaultReadOnly');
    expect(await disk.sh('sh', '-c', `cd ${app.vault} && sha256sum *.json`)).toBe(before);
    await remount(dir, 'rw');
    expect(await app.refresh()).toBe('ok');
    expect(await app.change('en')).toBe('ok');
    expect((await app.view()).codes).not.toContain('vaultReadOnly');
    expect(await seatsUsed()).toBe(1);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    await expectTidy(app);
    await app.stop();
  });

  it('right after the server has given the seat does not lose it, nor keep the lock', async () => {
    const { code, seatsUsed } = await buyOnline();
    const dir = await place('size=4m');
    const app = await start(path.join(dir, 'data'));
    await disk.afterActivation('mount', '-o', 'remount,ro', dir);
    expect(await app.activate(code)).toBe('vaultReadOnly');
    expect(await seatsUsed()).toBe(1);
    expect((await app.view()).codes).toEqual(
      expect.arrayContaining(['activationInterrupted', 'vaultReadOnly']),
    );
    await remount(dir, 'rw');
    await app.reconcile();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it('refuses a response and the token of a deactivation, and takes them afterwards', async () => {
    const { code, seatsUsed } = await buy();
    const dir = await place('size=4m');
    const app = await start(path.join(dir, 'data'));
    const made = await app.request(code);
    const response = await portal.answer(made.ok ? made.text : '');
    await remount(dir, 'ro');
    expect(await app.import(response)).toBe('vaultReadOnly');
    expect((await app.view()).state).toBe('notActivated');
    await remount(dir, 'rw');
    expect(await app.import(response)).toBe('ok');
    await remount(dir, 'ro');
    const refused = await app.leave();
    expect(refused.ok ? 'ok' : refused.error.code).toBe('vaultReadOnly');
    expect(await app.view()).toMatchObject({ state: 'active', receipts: 0 });
    await remount(dir, 'rw');
    const left = await app.leave();
    expect(await portal.take(left.ok ? left.text : '')).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    await expectTidy(app);
    await app.stop();
  });

  it('is told on the command line in words', async () => {
    const { code } = await buyOnline();
    const dir = await place('size=4m');
    const dataDir = path.join(dir, 'data');
    const run = (...args: readonly string[]) => disk.cli(server().profile, dataDir, args, `${code}\n`);
    expect(await run('activate', '--code-file', '-')).toMatchObject({ exit: 0, err: '' });
    await remount(dir, 'ro');
    const refused = await run('refresh');
    expect(refused).toMatchObject({ exit: 53, out: '' });
    expect(refused.err).toContain('can’t be written to (EROFS)');
    expect(refused.err).toContain('write permission');
    expect(await run('status')).toMatchObject({ exit: 0, err: '' });
    const unsaved = await run('offline', 'requests', '--export', 'none', '--out', path.join(dir, 'out'));
    expect(unsaved.exit).not.toBe(0);
    await remount(dir, 'rw');
    expect(await run('refresh')).toMatchObject({ exit: 0, err: '' });
  });
});

onLinux('a folder that is gone', () => {
  it('is made, with the folders above it, for this user alone', async () => {
    const { code } = await buyOnline();
    const dir = await place();
    const app = await start(path.join(dir, 'not', 'there', 'yet'));
    expect(await app.view()).toMatchObject({ state: 'notActivated' });
    expect(Object.keys(await disk.list(dir)).filter((name) => name.includes('vault'))).toEqual([]);
    expect(await app.activate(code)).toBe('ok');
    await expectTidy({ dataDir: dir });
    await app.stop();
  });

  it.each(['vault', '.', '..'])('while the application runs (%s) costs no second seat', async (which) => {
    const { code, seatsUsed } = await buyOnline();
    const dir = await place();
    const app = await start(path.join(dir, 'above', 'data'));
    expect(await app.activate(code)).toBe('ok');
    await disk.sh('rm', '-rf', path.join(app.dataDir, which === '.' ? '' : which));
    expect((await app.view()).state).not.toBe('active');
    expect(await app.refresh()).not.toBe('ok');
    expect(await app.activate(code)).toBe('ok');
    expect((await app.view()).state).toBe('active');
    expect(await seatsUsed()).toBe(1);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    await expectTidy(app);
    await app.stop();
  });

  it('with its whole disk comes back with it', async () => {
    const { code, seatsUsed } = await buyOnline();
    const [dir, elsewhere] = [await place('size=4m'), await place()];
    const app = await start(path.join(dir, 'data'));
    expect(await app.activate(code)).toBe('ok');
    await disk.sh('mount', '--move', dir, elsewhere);
    expect((await app.view()).state).not.toBe('active');
    await disk.sh('mount', '--move', elsewhere, dir);
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await app.stop();
  });
});

/** Reading it is an input/output error, for the kernel's own reasons: nothing is mapped at its start. */
const UNREADABLE = '/proc/self/mem';

onLinux('a file that the medium does not give back', () => {
  it('is taken from its copy', async () => {
    const { code, seatsUsed } = await buyOnline();
    const app = await start(path.join(await place(), 'data'));
    expect(await app.activate(code)).toBe('ok');
    await disk.sh('mount', '--bind', UNREADABLE, app.record);
    const { state, codes } = await app.view();
    expect([state, codes.includes('vaultRecovered')]).toEqual(['active', true]);
    await disk.sh('umount', app.record);
    expect(await app.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it.each(['license', 'keys'])('with its copy (%s) is told, and nothing takes its place', async (which) => {
    const { code, seatsUsed } = await buyOnline();
    const app = await start(path.join(await place(), 'data'));
    expect(await app.activate(code)).toBe('ok');
    const name = which === 'license' ? server().productId : 'keys';
    const files = [`${name}.json`, `${name}.copy.json`].map((file) => path.join(app.vault, file));
    for (const file of files) await disk.sh('mount', '--bind', UNREADABLE, file);
    await app.restart();
    const { state, codes, remedies } = await app.view();
    expect([state, codes.includes('vaultStorageFailed')]).toEqual(['uninitialized', true]);
    expect(remedies['vaultStorageFailed']).toBe('fixStorage');
    for (const work of [app.refresh, app.deactivate, () => app.activate(code)]) {
      expect(await work()).toBe('vaultStorageFailed');
    }
    expect(Object.keys(await disk.list(app.vault)).filter((file) => file.includes('damaged'))).toEqual([]);
    for (const file of files) await disk.sh('umount', file);
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });
});
