import { describe, expect, it } from 'vitest';
import { commonSources } from '../../../electron/fingerprint/common.ts';
import {
  clonedImageHint,
  containerHint,
  virtualMachineHint,
} from '../../../electron/fingerprint/hints-policy.ts';
import type { Host } from '../../../electron/fingerprint/host.ts';
import { normalize } from '../../../electron/fingerprint/normalize.ts';
import { platformOf } from '../../../electron/fingerprint/platform.ts';
import type { Hint } from '../../../electron/fingerprint/types.ts';
import { expectedOf, fixtureHost, machineOf, MACHINES } from './fixtures.ts';

const shown = ({ detected, kind, evidence }: Hint) => (detected ? { kind, evidence } : null);

/** Everything that is read of a machine, before it is hashed. */
async function readingOf(host: Host) {
  const platform = platformOf(host);
  const sources = [...platform.sources, ...commonSources(host)];
  const entries = await Promise.all(
    sources.map(async ({ name, read }) => [name, normalize(await read())] as const),
  );
  const evidence = await platform.evidence();
  return {
    factors: Object.fromEntries(entries),
    virtualMachine: shown(virtualMachineHint(evidence)),
    container: shown(containerHint(evidence)),
    clonedImage: shown(clonedImageHint(evidence)),
  };
}

describe('a machine is read as it describes itself', () => {
  it.each(MACHINES)('%s', async (name) => {
    expect(await readingOf(fixtureHost(name))).toEqual(expectedOf(name));
  });

  it('on every system, real and virtual', () => {
    const kinds = new Set(MACHINES.map((name) => machineOf(name).platform));
    expect(kinds).toEqual(new Set(['linux', 'darwin', 'win32']));
    expect(MACHINES.filter((name) => expectedOf(name).virtualMachine === null).length).toBeGreaterThan(10);
    expect(MACHINES.filter((name) => expectedOf(name).virtualMachine !== null).length).toBeGreaterThan(10);
  });
});

describe('whatever is wrong with a machine', () => {
  /** Each answer of a machine replaced. */
  const spoilt = (name: string, spoil: (text: string) => string | null): Host => {
    const host = fixtureHost(name);
    const change = (text: string | null): string | null => (text === null ? null : spoil(text));
    return {
      ...host,
      readText: async (file) => change(await host.readText(file)),
      readLink: async (link) => change(await host.readLink(link)),
      run: async (program, args) => change(await host.run(program, args)),
    };
  };
  const SPOILERS: readonly (readonly [string, (text: string) => string | null])[] = [
    ['nothing can be read', () => null],
    ['all is empty', () => ''],
    ['all is cut off in the middle', (text) => text.slice(0, text.length / 2)],
    ['all is noise', () => '\u0000\uFFFD{"[[<'.repeat(5000)],
  ];

  it.each(SPOILERS)('it is read without throwing where %s', async (_, spoil) => {
    for (const name of MACHINES) {
      const { factors } = await readingOf(spoilt(name, spoil));
      expect(Object.keys(factors).length).toBeGreaterThan(1);
    }
  });

  it('line ends of another system, a byte order mark and blanks change nothing', async () => {
    for (const name of MACHINES.filter((machine) => machineOf(machine).platform === 'win32')) {
      const reading = await readingOf(
        spoilt(name, (text) => `\uFEFF${text.replaceAll('\r\n', '\n')}  \r\n\r\n`),
      );
      expect(reading).toEqual(expectedOf(name));
    }
  });
});

describe('a network card', () => {
  it('of a subsystem that gives it a new address at every start does not count', async () => {
    const host = fixtureHost('linux-wsl2');
    const otherStart: Host = {
      ...host,
      readText: async (file) => (file.endsWith('eth0/address') ? '00:15:5d:99:88:77\n' : host.readText(file)),
    };
    expect(await readingOf(otherStart)).toEqual(await readingOf(host));
  });

  it('in a dock is no part of the device', async () => {
    const host = fixtureHost('linux-laptop-luks-lvm');
    const undocked: Host = {
      ...host,
      list: async (folder) => (await host.list(folder)).filter((name) => !name.startsWith('enx')),
    };
    expect(await readingOf(undocked)).toEqual(await readingOf(host));
    const withoutCard: Host = {
      ...host,
      list: async (folder) => (await host.list(folder)).filter((name) => name !== 'enp0s31f6'),
    };
    expect((await readingOf(withoutCard)).factors).toMatchObject({ mac: null });
  });
});
