import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSupportCode } from '../../../shared/support-code/support-code.ts';
import { jsonOf, latchkey, temporaryFolder, withServer } from './command.ts';

const { server, profile, install, activated, takeSeatElsewhere, buy } = withServer();

function fileWith(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), 'code.txt');
  writeFileSync(file, content);
  return file;
}

describe('the whole flow', () => {
  it('activates, tells, refreshes and gives back: results on standard output, nothing else anywhere', async () => {
    const { code, seatsUsed } = await buy({ customerName: 'Harbour Works' });
    const app = install();
    const before = await app.run(['status', '--json']);
    expect(before).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(before)).toMatchObject({
      productId: server().productId,
      state: 'notActivated',
      activation: null,
      actions: expect.arrayContaining(['activateWithCode']) as unknown,
    });

    const taken = await app.run(['activate', '--json', '--code-file', fileWith(`${code}\r\n`)]);
    expect(taken).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(taken)).toMatchObject({ state: 'active' });
    expect(await seatsUsed()).toBe(1);

    const after = await app.run(['status', '--json']);
    expect(after).toMatchObject({ exit: 0, err: '' });
    const status = jsonOf(after);
    expect(status).toMatchObject({
      state: 'active',
      actions: expect.arrayContaining(['refresh', 'pullState', 'deactivate']) as unknown,
      activation: { entitlement: { customerName: 'Harbour Works', seatsUsed: 1 } },
    });
    for (const reason of status['reasons'] as readonly Record<string, unknown>[]) {
      expect(Object.keys(reason)).toEqual(
        expect.arrayContaining(['code', 'severity', 'remedy', 'sentence', 'nextAction']),
      );
      expect(reason['sentence']).not.toBe('');
    }
    expect(readSupportCode(String(status['supportCode']))?.facts).toMatchObject({
      state: 'active',
      mode: 'online',
      environment: 'test',
      platform: process.platform === 'linux' ? 'linux' : expect.any(String),
      contactDays: 0,
      product: 0,
    });
    const { leaseExpiry } = status['activation'] as { readonly leaseExpiry: string };
    expect(leaseExpiry).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

    server().setClock(() => Date.now() + 24 * 60 * 60_000);
    const renewed = await app.run(['refresh', '--json']);
    expect(renewed).toMatchObject({ exit: 0, err: '' });
    const later = (jsonOf(renewed)['activation'] as { readonly leaseExpiry: string }).leaseExpiry;
    expect(Date.parse(later)).toBeGreaterThan(Date.parse(leaseExpiry));

    const released = await app.run(['deactivate', '--json']);
    expect(released).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(released)).toMatchObject({ state: 'notActivated', activation: null });
    expect(await seatsUsed()).toBe(0);
  });

  it('lets nothing that a server says drive the terminal or pass for a line of its own', async () => {
    const { code } = await buy({
      customerName: 'Harbour\u001B[2J Works\nOrbit Studio: Active\u202E',
      attributes: [{ key: 'tier', type: 'string', value: 'Gold\u0007\u009B31m\r' }],
    });
    const app = await activated(code);
    const { out } = await app.run(['status']);
    expect(out).toMatch(/Customer +Harbour \[2J Works Orbit Studio: Active \n/);
    expect(out).toMatch(/tier +Gold 31m \n/);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    // Scripts get it as it is.
    expect(jsonOf(await app.run(['status', '--json']))).toMatchObject({
      activation: { entitlement: { customerName: 'Harbour\u001B[2J Works\nOrbit Studio: Active\u202E' } },
    });
  });

  it('tells a trial, an overdraft, maintenance and dates in words', async () => {
    const day = 24 * 60 * 60_000;
    const { code } = await buy({
      seatCount: 1,
      overdraftSeatCount: 2,
      plan: {
        name: 'Try it',
        licenseType: 'Subscription',
        licenseStartType: 'Activation',
        licenseDuration: { type: 'Day', count: 5 },
        isTrial: true,
      },
      hasMaintenance: true,
      maintenanceExpiryDate: new Date(Date.now() + 90 * day).toISOString(),
      editions: [{ id: 'professional', name: 'Professional' }],
      features: [
        { key: 'nodes', type: 'elementPool', total: 2, overdraft: 3 },
        { key: 'hosts', type: 'elementPool', total: 2 },
      ],
      attributes: [{ key: 'updates', type: 'date', value: '2031-11-30' }],
    });
    await takeSeatElsewhere(code);
    const app = await activated(code);
    expect((await app.run(['status'])).out).toMatch(/nodes +2 of 2 left, up to 3 more allowed\n/);
    expect((await app.run(['feature', 'checkout', 'nodes', '--amount', '6'])).exit).toBe(25);
    const taken = await app.run(['feature', 'checkout', 'nodes', '--amount', '4']);
    expect(taken.exit).toBe(0);
    for (const line of [
      /Edition +Professional\n/,
      /Plan +Try it \(trial\)\n/,
      /Seats +2 of 1 in use, 1 beyond the license\n/,
      /Maintenance +until \w/,
      /nodes +0 of 2 left, 2 beyond the license, 4 on this device\n/,
      /hosts +2 of 2 left\n/,
      /updates +November 30, 2031\n/,
      /! The trial ends on /,
    ]) {
      expect(taken.out).toMatch(line);
    }
    expect(jsonOf(await app.run(['status', '--json']))).toMatchObject({
      activation: { entitlement: { isTrial: true, overdraftSeats: 2 } },
    });
    const back = await app.run(['feature', 'return', 'nodes', '--amount', '3']);
    expect(back.out).toMatch(/nodes +1 of 2 left, up to 3 more allowed, 1 on this device\n/);
  });

  it('tells a person in lines of text', async () => {
    const { code } = await buy();
    const app = install();
    // The profile has this edition, the purchase has not.
    const refused = await app.activate(code, '--edition', 'standard');
    expect(refused).toMatchObject({ exit: 115, out: '' });
    expect(refused.err).toContain('The edition that was chosen is not part of this license.');
    const done = await app.activate(code, '--seat-name', 'Desk 4');
    expect(done).toMatchObject({ exit: 0, err: '' });
    expect(done.out).toMatch(/^Orbit Studio: Active\n/);
    expect(done.out).toContain('Desk 4');
    expect(done.out).toMatch(/Lease ends +\w/);
    expect((await app.run(['status'])).out).toBe(done.out);
  });

  it('works with the server away: status asks nobody', async () => {
    const { code } = await buy();
    const app = await activated(code);
    await server().setCertificate('newKey');
    const { records } = app;
    const before = records();
    const status = await app.run(['status', '--json']);
    expect(status).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(status)).toMatchObject({ state: 'active' });
    expect(records()).toEqual(before);
  });

  it('keeps working after the entitlement was disabled and enabled again', async () => {
    const { code, change } = await buy();
    const app = await activated(code);
    await change('disable');
    expect((await app.run(['refresh'])).exit).toBe(15);
    // A second time the license knows already; the answer is the same.
    expect((await app.run(['refresh'])).exit).toBe(15);
    await change('enable');
    const again = await app.run(['refresh', '--json']);
    expect(again).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(again)).toMatchObject({ state: 'active' });
  });

  it('two commands at once on one data folder both end well', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activated(code);
    const both = await Promise.all([app.run(['refresh']), app.run(['refresh'])]);
    expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
    expect((await app.run(['refresh'])).exit).toBe(0);
    expect(await seatsUsed()).toBe(1);
  });
});

describe('the activation code', () => {
  it.each([
    ['on standard input', (code: string) => ({ args: ['--code-file', '-'], stdin: ` ${code}\n\n` })],
    ['in a file', (code: string) => ({ args: ['--code-file', fileWith(code)] })],
    [
      'in a file of a Windows editor',
      (code: string) => ({ args: ['--code-file', fileWith(Buffer.from(`\u{feff}${code}\r\n`, 'utf16le'))] }),
    ],
    ['in small letters', (code: string) => ({ args: ['--code-file', fileWith(code.toLowerCase())] })],
  ] as const)('is taken %s', async (_name, from) => {
    const { code, seatsUsed } = await buy();
    const { args, ...options } = { stdin: '', ...from(code) };
    expect(await install().run(['activate', ...args], options)).toMatchObject({ exit: 0, err: '' });
    expect(await seatsUsed()).toBe(1);
  });

  it.each([
    ['none was named', [], 2],
    ['it is an argument, which others can see', ['--code', 'ORBIT-AAAA-BBBB-CCCC'], 2],
    ['the file is not there', ['--code-file', '/no/such/file'], 83],
    ['standard input is empty', ['--code-file', '-'], 10],
  ] as const)('is refused where %s', async (_name, args, exit) => {
    const app = install();
    const outcome = await app.run(['activate', ...args]);
    expect(outcome).toMatchObject({ exit, out: '' });
    expect(outcome.err).not.toContain('AAAA-BBBB');
  });

  it('is asked of nobody with --yes, nor where there is no terminal', async () => {
    const { code } = await buy();
    const app = install();
    for (const args of [['activate', '--yes'], ['activate']]) {
      expect(await app.run(args, { stdin: `${code}\n` })).toMatchObject({ exit: 2, out: '' });
    }
    expect(await app.activate(code, '--yes')).toMatchObject({ exit: 0, err: '' });
  });

  it('is refused where it can not be one', async () => {
    const outcome = await install().run(['activate', '--code-file', '-'], { stdin: '12' });
    expect(outcome).toMatchObject({ exit: 10, out: '' });
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is refused where the file is far too large', async () => {
    const outcome = await install().run(['activate', '--code-file', fileWith('A'.repeat(100_000))]);
    expect(outcome).toMatchObject({ exit: 10, out: '' });
  });
});

describe('profile and data folder', () => {
  it('may come from the environment', async () => {
    const data = path.join(temporaryFolder(), 'data');
    const env = { LATCHKEY_PROFILE: profile(), LATCHKEY_DATA: data };
    expect(await latchkey(['status'], { env })).toMatchObject({ exit: 0, err: '' });
  });

  it('may stand before or after the command', async () => {
    const data = path.join(temporaryFolder(), 'data');
    const outcome = await latchkey(['status', '--data', data, '--profile', profile()]);
    expect(outcome).toMatchObject({ exit: 0, err: '' });
  });

  it('are named by product where that is asked for, by id and by name', async () => {
    const app = install();
    for (const name of [server().productId, 'orbit studio']) {
      expect((await app.run(['status', name])).exit).toBe(0);
    }
    expect(await app.run(['status', 'Another'])).toMatchObject({ exit: 8, out: '' });
  });
});

describe('secrets', () => {
  it('are in no output, not in the log, and in no file in clear', async () => {
    const { code } = await buy();
    const app = install();
    const outputs = [
      await app.activate(code, '--json'),
      await app.run(['status', '--json']),
      await app.run(['refresh']),
      await app.activate(code),
      await app.activate('ORBIT-AAAA-BBBB-CCCC-DDDD', '--json'),
    ];
    const files = readdirSync(app.data, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(app.data, name))
      .filter((file) => statSync(file).isFile());
    expect(files.some((file) => file.endsWith('latchkey.log'))).toBe(true);
    const everything = [
      ...outputs.flatMap(({ out, err }) => [out, err]),
      ...files.map((file) => readFileSync(file, 'latin1')),
    ].join('\n');
    const someOfIt = code.split('-').slice(1, 3).join('-');
    for (const secret of [code, someOfIt, 'AAAA-BBBB', 'eyJhbGciOi', 'accessToken']) {
      expect(everything.includes(secret), secret).toBe(false);
    }
  });
});
