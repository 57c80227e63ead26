import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { onLinux } from './disk.ts';
import { withWorld, type Running } from './disk-world.ts';

/*
 * Something else than a file of ours where a file of ours should be. What may lead elsewhere or belongs to somebody else
 * is neither followed nor touched, and the user is told; what is ours and no file is damage.
 */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const { server, buyOnline, disk, place, start, expectTidy } = withWorld();

const run = (script: string) => disk.sh('sh', '-e', '-c', script);

/** A place with a license on it. */
async function licensed(): Promise<
  Running & { readonly dir: string; readonly seatsUsed: () => Promise<number> }
> {
  const { code, seatsUsed } = await buyOnline();
  const dir = await place();
  const app = await start(path.join(dir, 'data'));
  expect(await app.activate(code)).toBe('ok');
  expect(await app.change('de')).toBe('ok');
  return { ...app, activate: () => app.activate(code), dir, seatsUsed };
}

/** Everything of an installation, with its content. */
const contentOf = (dir: string) =>
  run(
    `find ${dir} ! -name 'lock.*' ! -path '*/logs*' -type f | sort | xargs sha256sum; find ${dir} -type l -ls`,
  );

interface Fault {
  readonly what: string;
  /** Shell: brings it about for $F and undoes it. */
  readonly make: string;
  readonly undo: string;
}

const FOREIGN: readonly Fault[] = [
  { what: 'a link to elsewhere', make: 'mv $F $F.moved; ln -s $F.moved $F', undo: 'rm $F; mv $F.moved $F' },
  { what: 'a link to nowhere', make: 'mv $F $F.moved; ln -s nowhere $F', undo: 'rm $F; mv $F.moved $F' },
  {
    what: 'something of another user',
    // In a user namespace there is nobody else, but what lies outside of it belongs to nobody.
    make: 'chown 65534 $F 2>/dev/null || mount --bind $(test -d $F && echo /usr || echo /etc/hostname) $F',
    undo: 'umount $F 2>/dev/null || chown 0 $F',
  },
  { what: 'something that others may write to', make: 'chmod o+w $F', undo: 'chmod o-w $F' },
];

const DEVICE: Fault = { what: 'a device', make: 'mount --bind /dev/null $F', undo: 'umount $F' };

const FILES: readonly [string, (app: Running) => string][] = [
  ['the license', (app) => app.record],
  ['the copy of the license', (app) => app.record.replace('.json', '.copy.json')],
  ['the device', (app) => path.join(app.vault, 'device.json')],
  ['the key', (app) => path.join(app.vault, 'keys.json')],
];

onLinux('in the place of a file of the vault', () => {
  const cases = FILES.flatMap(([file, pathOf]) =>
    [...FOREIGN, DEVICE].map((fault) => ({ file, pathOf, fault, what: fault.what })),
  );

  it.each(cases)('$file, $what is not used, and told', async ({ pathOf, fault }) => {
    const app = await licensed();
    const F = pathOf(app);
    await run(`F=${F}; ${fault.make}`);
    const before = await contentOf(app.dataDir);
    await app.restart();
    expect(await app.refresh()).toBe('vaultUnsafe');
    expect(await app.deactivate()).toBe('vaultUnsafe');
    expect(await app.activate('')).toBe('vaultUnsafe');
    const { state, codes, settings } = await app.view();
    if (!F.endsWith('device.json')) {
      expect(state).toBe('uninitialized');
      expect(codes.some((code) => code === 'vaultUnsafe' || code === 'vaultUnavailable')).toBe(true);
    }
    expect(settings.language).toBe('de');
    expect(await contentOf(app.dataDir)).toBe(before);
    await run(`F=${F}; ${fault.undo}`);
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await app.seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it.each([
    ['a folder', 'rm $F; mkdir -m 700 $F; echo theirs > $F/theirs'],
    ['a FIFO', 'rm $F; mkfifo -m 600 $F'],
  ])('%s of ours is set aside, and the copy takes over', async (_, make) => {
    const app = await licensed();
    for (const name of [`${server().productId}.json`, 'device.json', 'keys.json']) {
      await run(`F=${path.join(app.vault, name)}; ${make}`);
    }
    await app.restart();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    const listed = Object.keys(await disk.list(app.vault));
    expect(listed.filter((name) => /\.damaged-[^/]*$/.test(name))).toHaveLength(3);
    await run(`rm -rf ${app.vault}/*.damaged-*`);
    expect(await app.refresh()).toBe('ok');
    expect(await app.seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it('folders in the way of what is being written are set aside, and hold nothing up', async () => {
    const app = await licensed();
    const { productId } = server();
    const ways = [`${productId}.next.json`, 'keys.next.json', `journal-${productId}.next.json`].map((name) =>
      path.join(app.vault, name),
    );
    for (const way of ways) await run(`mkdir -m 700 ${way}; echo theirs > ${way}/theirs`);
    expect(await app.refresh()).toBe('ok');
    expect(await run(`cat ${app.vault}/*.damaged-*/theirs`)).toBe('theirs\n'.repeat(3));
    await run(`rm -rf ${app.vault}/*.damaged-*`);
    await expectTidy(app);
    await app.stop();
  });
});

onLinux('in the place of the folder of the vault', () => {
  const FILE: Fault = { what: 'a file', make: 'mv $F $F.moved; echo x > $F', undo: 'rm $F; mv $F.moved $F' };

  it.each([...FOREIGN, FILE])('$what is not used, and told', async ({ make, undo }) => {
    const app = await licensed();
    await run(`F=${app.vault}; ${make}`);
    const before = await contentOf(app.dir);
    // Found at the start, and found under the running application.
    for (const again of [() => Promise.resolve(), app.restart]) {
      await again();
      expect(await app.refresh()).toBe('vaultUnsafe');
      expect(await app.activate('')).toBe('vaultUnsafe');
      const { state, codes } = await app.view();
      expect(state).toBe('uninitialized');
      expect(codes.some((code) => code === 'vaultUnsafe' || code === 'vaultUnavailable')).toBe(true);
    }
    expect(await contentOf(app.dir)).toBe(before);
    // No new start is needed once it is right again.
    await run(`F=${app.vault}; ${undo}`);
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await app.seatsUsed()).toBe(1);
    await expectTidy(app);
    await app.stop();
  });

  it('is told on the command line in words', async () => {
    const { code } = await buyOnline();
    const dataDir = path.join(await place(), 'data');
    const cli = (...args: readonly string[]) => disk.cli(server().profile, dataDir, args, `${code}\n`);
    expect(await cli('activate', '--code-file', '-')).toMatchObject({ exit: 0, err: '' });
    await run(`chmod 777 ${dataDir}/vault`);
    const refused = await cli('refresh');
    expect(refused).toMatchObject({ exit: 57, out: '' });
    expect(refused.err).toContain('belongs to somebody else or is open to everyone');
    expect(refused.err).toContain('Ask your administrator');
    await run(`chmod 700 ${dataDir}/vault`);
    expect(await cli('refresh')).toMatchObject({ exit: 0, err: '' });
  });
});

onLinux('in the place of what lies beside the vault', () => {
  const WAYS: readonly [string, string][] = [
    ['a link to elsewhere', 'rm -rf $F; ln -s $T $F'],
    ['a link to nowhere', 'rm -rf $F; ln -s nowhere $F'],
    ['a folder', 'rm -rf $F; mkdir -m 700 $F; echo theirs > $F/theirs'],
    ['a FIFO', 'rm -rf $F; mkfifo -m 600 $F'],
  ];
  const PLACES: readonly [string, (app: Running) => string][] = [
    ['settings', (app) => path.join(app.dataDir, 'settings.json')],
    ['contacts', (app) => path.join(app.dataDir, 'contacts.json')],
    ['the license file', (app) => app.licenseFile],
    ['the folder of license files', (app) => path.dirname(app.licenseFile)],
    ['the log', (app) => path.join(app.dataDir, 'logs', 'latchkey.log')],
    ['the folder of logs', (app) => path.join(app.dataDir, 'logs')],
  ];
  const cases = PLACES.flatMap(([file, pathOf]) =>
    WAYS.map(([what, make]) => ({ file, pathOf, what, make })),
  );

  it.each(cases)('$file, $what keeps nobody from the license', async ({ pathOf, make, what }) => {
    const app = await licensed();
    const theirs = path.join(app.dir, 'theirs');
    const isFolder = !/\.[a-z]+$/.test(pathOf(app));
    await run(
      isFolder ? `mkdir -m 700 ${theirs}; echo theirs > ${theirs}/theirs` : `echo theirs > ${theirs}`,
    );
    const before = await contentOf(theirs);
    await run(`F=${pathOf(app)}; T=${theirs}; ${make}`);
    await app.restart();
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    await app.change('en');
    expect((await app.view()).state).toBe('active');
    // What it leads to is theirs, and stays as it was.
    expect(await contentOf(theirs)).toBe(before);
    expect(await run(`ls -A ${theirs}`)).toBe(isFolder ? 'theirs\n' : `${theirs}\n`);
    // A license file that can't be put in its place is told, not only logged.
    const isPlaced = (await app.check()) === 'ok';
    expect((await app.view()).codes.includes('licenseFileMissing')).toBe(!isPlaced);
    if (what.startsWith('a link') && pathOf(app).includes('license-files')) expect(isPlaced).toBe(false);
    await run(`rm -rf ${pathOf(app)}`);
    expect(await app.refresh()).toBe('ok');
    expect(await app.change('de')).toBe('ok');
    expect(await app.check()).toBe('ok');
    expect((await app.view()).settings.language).toBe('de');
    await run(`rm -rf ${app.dataDir}/*.damaged-* ${app.dataDir}/license-files/*.damaged-*`);
    await expectTidy(app);
    await app.stop();
  });
});
