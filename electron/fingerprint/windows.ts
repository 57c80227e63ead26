import type { Evidence } from './hints-policy.ts';
import type { Host, Platform } from './host.ts';
import { diskSerial, normalize, universalMac } from './normalize.ts';
import { parseAnswer, QUERY, type WindowsAnswer } from './windows-parsers.ts';

async function ask(host: Host): Promise<WindowsAnswer | null> {
  const root = host.env('SystemRoot') ?? 'C:\\Windows';
  const program = `${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', QUERY];
  const output = await host.run(program, args);
  return output === null ? null : parseAnswer(output);
}

/** The first card on the board's own bus: adapters on USB come and go, and virtual ones are not on PCI. */
function firstCard({ cards, adapters }: WindowsAnswer): string | null {
  const shown = new Map<string, string | null>();
  for (const { PNPDeviceID, MACAddress } of cards) {
    if (PNPDeviceID?.startsWith('PCI\\') === true) shown.set(PNPDeviceID, MACAddress);
  }
  const burntIn = new Map(
    adapters.map(({ PnPDeviceID, PermanentAddress }) => [PnPDeviceID, PermanentAddress]),
  );
  const addresses = [...shown]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, address]) => universalMac(burntIn.get(id) ?? '') ?? universalMac(address ?? ''));
  return addresses.find((address) => address !== null) ?? null;
}

export function windowsPlatform(host: Host): Platform {
  let asked: Promise<WindowsAnswer | null> | undefined;
  const from = (pick: (answer: WindowsAnswer) => string | null) => async (): Promise<string | null> => {
    asked ??= ask(host);
    const answer = await asked;
    return answer === null ? null : pick(answer);
  };
  return {
    sources: [
      {
        name: 'board',
        // The third is the computer's own, where the board's maker has filled nothing in.
        read: from(({ uuid, board, serial }) => [uuid, board].find((id) => normalize(id) !== null) ?? serial),
      },
      { name: 'disk', read: from((answer) => diskSerial(answer.disk)) },
      { name: 'mac', read: from(firstCard) },
      { name: 'os', read: from((answer) => answer.volume) },
    ],
    // No processor flag: with memory integrity, real Windows machines run under their own hypervisor.
    evidence: async (): Promise<Evidence> => {
      asked ??= ask(host);
      const answer = await asked;
      return { names: [answer?.maker, answer?.model].filter((name) => typeof name === 'string') };
    },
  };
}
