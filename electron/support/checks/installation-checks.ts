import type { VendorProfile } from '../../../shared/profile.ts';
import type { Platform } from '../../../shared/support-code/support-code.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import type { EvidenceWord } from '../../../shared/support/evidence-words.ts';
import { validPins } from '../../api/pin-policy.ts';
import type { Clock } from '../../ports.ts';
import { count, fine, fromReasons, instant, LOCAL_LIMIT, skipped, word, type Check } from './check.ts';
import type { Look } from './look.ts';

/** What the process knows of the program that it runs. */
export interface ProgramFacts {
  readonly version: string;
  readonly platform: Platform;
  /** `window`: asked for in the window; `command`: on the command line. */
  readonly process: 'window' | 'command';
  /** What runs it. */
  readonly host: EvidenceWord<'host'>;
  /** Version of the JavaScript runtime, and of the browser engine where there is a window. */
  readonly runtime: string;
  readonly browserEngine: string | null;
  readonly packaged: boolean;
  /** Whether pages run in the operating system's sandbox; null where there is no page. */
  readonly sandboxed: boolean | null;
  /** Whether the switches in Electron's binary are set as the package sets them; null where that can't be known. */
  readonly fusesSet: boolean | null;
}

/** The vendor profile and the program itself. */
export function installationChecks(
  profile: VendorProfile,
  program: ProgramFacts | null,
  isManaged: () => boolean,
  clock: Pick<Clock, 'now'>,
  look: () => Promise<Look>,
): readonly Check[] {
  const { pins } = profile.api;
  const ends = pins.flatMap(({ notAfter }) => (notAfter === undefined ? [] : [Date.parse(notAfter)]));
  return [
    {
      id: 'profile',
      productId: null,
      limit: LOCAL_LIMIT,
      run: async () =>
        fromReasons('profile', (await look()).reasons, [
          ...word('environment', profile.environment),
          ...count('products', profile.products.length),
          ...count('pins', pins.length),
          ...count('pinsInForce', validPins(pins, clock.now()).length),
          ...instant('pinEnd', ends.toSorted((a, b) => a - b)[0]),
          ...word('pinning', profile.api.pinning),
          ...count('serverKeys', profile.serverKeys.length),
        ]),
    },
    {
      id: 'program',
      productId: null,
      limit: LOCAL_LIMIT,
      run: () => Promise.resolve(program === null ? skipped() : fine(programEvidence(program))),
    },
    {
      id: 'policy',
      productId: null,
      limit: LOCAL_LIMIT,
      run: async () => {
        const { reasons } = await look();
        return isManaged() ? fromReasons('policy', reasons) : skipped();
      },
    },
  ];
}

function programEvidence(program: ProgramFacts): readonly Evidence[] {
  const { sandboxed, fusesSet, browserEngine } = program;
  return [
    { kind: 'version', name: 'application', value: program.version },
    { kind: 'version', name: 'runtime', value: program.runtime },
    ...(browserEngine === null
      ? []
      : [{ kind: 'version', name: 'browserEngine', value: browserEngine } as const]),
    ...word('platform', program.platform),
    ...word('host', program.host),
    { kind: 'flag', name: 'packaged', value: program.packaged },
    ...(sandboxed === null ? [] : [{ kind: 'flag', name: 'sandboxed', value: sandboxed } as const]),
    ...(fusesSet === null ? [] : [{ kind: 'flag', name: 'fusesSet', value: fusesSet } as const]),
  ];
}
