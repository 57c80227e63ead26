import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { onLinux } from './disk.ts';
import { withWorld, type Running } from './disk-world.ts';

/*
 * A real small disk that has room for 0, 1, 2, ... pages, or files, more: the write that fails is another one each time.
 * Whichever it is, the user is told, nothing is lost, and once there is room again everything goes on.
 */

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const { server, buy, buyOnline, portal, disk, place, start, expectTidy } = withWorld();

/** Pages of 4 KiB, or files, that are left; so many that every operation gets through with the last. */
const ROOM = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 40] as const;
interface Kind {
  readonly what: 'pages' | 'files';
  readonly options: string;
  readonly fill: 'fill' | 'fillInodes';
}
const DISKS: readonly Kind[] = [
  { what: 'pages', options: 'size=1m', fill: 'fill' },
  { what: 'files', options: 'size=4m,nr_inodes=120', fill: 'fillInodes' },
];

let dir = '';

/** Carries an operation out with little room, and checks what a user sees of it. @returns its code */
async function withRoom(
  app: Running,
  kind: Kind,
  room: number,
  work: () => Promise<string>,
): Promise<string> {
  await disk[kind.fill](dir, room);
  const outcome = await work();
  expect(['ok', 'vaultDiskFull'], `with room for ${room} ${kind.what}`).toContain(outcome);
  const { codes, remedies } = await app.view();
  if (outcome === 'vaultDiskFull') {
    expect(codes).toContain('vaultDiskFull');
    expect(remedies['vaultDiskFull']).toBe('fixStorage');
  }
  await disk.unfill(dir);
  return outcome;
}

onLinux.each(DISKS)('a disk with few $what left', (kind) => {
  /** A new disk with the services on it. */
  const fresh = async (): Promise<Running> => {
    dir = await place(kind.options);
    return start(path.join(dir, 'data'));
  };

  /** Runs a story for every room there may be; in some the operation fails, and in the last it does not. */
  const forEachRoom = async (story: (room: number) => Promise<string>): Promise<void> => {
    const told = new Map<number, string>();
    for (const room of ROOM) told.set(room, await story(room));
    expect(told.get(0)).toBe('vaultDiskFull');
    expect(told.get(40)).toBe('ok');
  };

  it('keeps no seat from an activation', () =>
    forEachRoom(async (room) => {
      const { code, seatsUsed } = await buyOnline();
      const app = await fresh();
      const outcome = await withRoom(app, kind, room, () => app.activate(code));
      // Without room for the intent no call is made.
      if (room === 0) expect(await seatsUsed()).toBe(0);
      if (outcome !== 'ok') {
        await app.reconcile();
        if ((await app.view()).state !== 'active') expect(await app.activate(code)).toBe('ok');
      }
      expect(await app.refresh()).toBe('ok');
      expect((await app.view()).state).toBe('active');
      expect((await app.view()).codes).not.toContain('vaultDiskFull');
      expect(await app.check()).toBe('ok');
      expect(await seatsUsed()).toBe(1);
      await expectTidy(app);
      await app.restart();
      expect((await app.view()).state).toBe('active');
      await app.stop();
      return outcome;
    }));

  it('breaks no chain of calls by a refresh', async () => {
    const { code, seatsUsed } = await buyOnline();
    const app = await fresh();
    expect(await app.activate(code)).toBe('ok');
    await forEachRoom(async (room) => {
      const outcome = await withRoom(app, kind, room, app.refresh);
      expect((await app.view()).state).toBe('active');
      expect(await app.refresh()).toBe('ok');
      expect((await app.view()).codes).not.toContain('seatLostToClone');
      expect(await seatsUsed()).toBe(1);
      return outcome;
    });
    await expectTidy(app);
    await app.stop();
  });

  it('keeps no deactivation from being finished', async () => {
    const { code, seatsUsed } = await buyOnline();
    const app = await fresh();
    await forEachRoom(async (room) => {
      expect(await app.activate(code)).toBe('ok');
      const outcome = await withRoom(app, kind, room, app.deactivate);
      if (outcome !== 'ok') {
        // It was wished, so it is finished; or it never began, and is wished again.
        await app.reconcile();
        if ((await app.view()).state === 'active') expect(await app.deactivate()).toBe('ok');
      }
      expect((await app.view()).state).toBe('notActivated');
      expect(await seatsUsed()).toBe(0);
      return outcome;
    });
    await expectTidy(app);
    await app.stop();
  });

  it('loses no token of the offline exchange', async () => {
    const { code, seatsUsed } = await buy();
    const app = await fresh();
    const said = {
      request: new Map<number, string>(),
      import: new Map<number, string>(),
      leave: new Map<number, string>(),
    };
    for (const room of ROOM) {
      let request = '';
      said.request.set(
        room,
        await withRoom(app, kind, room, async () => {
          const made = await app.request(code);
          if (made.ok) request = made.text;
          return made.ok ? 'ok' : made.error.code;
        }),
      );
      if (request === '') {
        const made = await app.request(code);
        request = made.ok ? made.text : '';
      }
      const response = await portal.answer(request);
      const outcome = await withRoom(app, kind, room, () => app.import(response));
      said.import.set(room, outcome);
      if (outcome !== 'ok' && (await app.view()).state !== 'active')
        expect(await app.import(response)).toBe('ok');
      expect((await app.view()).state).toBe('active');
      let token = '';
      said.leave.set(
        room,
        await withRoom(app, kind, room, async () => {
          const made = await app.leave();
          if (made.ok) token = made.text;
          return made.ok ? 'ok' : made.error.code;
        }),
      );
      if (token === '') {
        // Not deactivated without its token: either both or none.
        expect(await app.view()).toMatchObject({ state: 'active', receipts: 0 });
        const made = await app.leave();
        token = made.ok ? made.text : '';
      }
      expect(await portal.take(token)).toBe('ok');
      expect(await seatsUsed()).toBe(0);
      await app.stop();
      await disk.sh('rm', '-rf', app.dataDir);
      await disk.start(app.dataDir, server().profile);
    }
    for (const told of Object.values(said)) {
      expect(told.get(0)).toBe('vaultDiskFull');
      expect(told.get(40)).toBe('ok');
    }
    await app.stop();
  });

  it('leaves the settings as they were', async () => {
    const app = await fresh();
    expect(await app.change('de')).toBe('ok');
    await disk[kind.fill](dir, 0);
    expect(await app.change('en')).toBe('vaultDiskFull');
    expect((await app.view()).settings.language).toBe('de');
    await disk.unfill(dir);
    expect(await app.change('en')).toBe('ok');
    expect((await app.view()).settings.language).toBe('en');
    await expectTidy(app);
    await app.stop();
  });
});

onLinux('a disk that is full', () => {
  it('right after the server has given the seat does not lose it', async () => {
    const { code, seatsUsed } = await buyOnline();
    dir = await place('size=1m');
    const app = await start(path.join(dir, 'data'));
    await disk.afterActivation('sh', '-c', `cat /dev/zero > ${dir}/filler; true`);
    expect(await app.activate(code)).toBe('vaultDiskFull');
    expect(await seatsUsed()).toBe(1);
    expect((await app.view()).codes).toEqual(
      expect.arrayContaining(['activationInterrupted', 'vaultDiskFull']),
    );
    await app.restart();
    expect((await app.view()).codes).toContain('activationInterrupted');
    await disk.unfill(dir);
    await app.reconcile();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it('is told on the command line, and a file that was there stays', async () => {
    const { code, seatsUsed } = await buyOnline();
    dir = await place('size=1m');
    const dataDir = path.join(dir, 'data');
    const { profile } = server();
    const run = (...args: readonly string[]) => disk.cli(profile, dataDir, args, `${code}\n`);
    await disk.fill(dir);
    const refused = await run('activate', '--code-file', '-');
    expect(refused).toMatchObject({ exit: 54, out: '' });
    expect(refused.err).toContain('The disk is full');
    expect(refused.err).toContain('Free some space');
    expect(await seatsUsed()).toBe(0);
    await disk.unfill(dir);
    const out = path.join(dir, 'request.txt');
    await disk.write(out, 'what was there');
    const made = await run('offline', 'request', '--code-file', '-');
    expect(made).toMatchObject({ exit: 0, err: '' });
    const listed = await run('offline', 'requests', '--json');
    const id = /"id": "([^"]+)"/.exec(listed.out)?.[1] ?? '';
    await disk.fill(dir);
    const unsaved = await run('offline', 'requests', '--export', id, '--out', out);
    expect(unsaved).toMatchObject({ exit: 84, out: '' });
    expect(unsaved.err).toContain('ENOSPC');
    expect(Buffer.from((await disk.read(out)) ?? '', 'base64').toString()).toBe('what was there');
    await disk.unfill(dir);
    expect(await run('offline', 'requests', '--export', id, '--out', out)).toMatchObject({
      exit: 0,
      err: '',
    });
    expect(Buffer.from((await disk.read(out)) ?? '', 'base64').toString()).toBe(made.out);
    await disk.sh('rm', out);
    await expectTidy({ dataDir });
  });
});
