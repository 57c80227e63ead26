import type { Evidence } from './hints-policy.ts';
import type { Host, Platform } from './host.ts';
import { normalize, universalMac } from './normalize.ts';
import { parseAnswer, QUERY, type WindowsAnswer } from './windows-parsers.ts';

async function ask(host: Host): Promise<WindowsAnswer | null> {
  const root = host.env('SystemRoot') ?? 'C:\\Windows';
  const program = `${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', QUERY];
  const output = await host.run(program, args);
  return output === null ? null : parseAnswer(output);
}

/** The first card on the board's own bus: adapters on USB come and go, and virtual ones are not on PCI. */
function firstCard(answer: WindowsAnswer): string | null {
  const cards = answer.cards
    .filter((card) => card.PNPDeviceID?.startsWith('PCI\\') === true)
    .toSorted((a, b) => ((a.PNPDeviceID ?? '') < (b.PNPDeviceID ?? '') ? -1 : 1));
  return cards.map((card) => universalMac(card.MACAddress ?? '')).find((address) => address !== null) ?? null;
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
        read: from((answer) => (normalize(answer.uuid) === null ? answer.board : answer.uuid)),
      },
      { name: 'disk', read: from((answer) => answer.disk) },
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
