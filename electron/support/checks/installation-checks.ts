import { failure } from '../../../shared/errors.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import type { Platform } from '../../../shared/support-code/support-code.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import type { EvidenceWord } from '../../../shared/support/evidence-words.ts';
import { validPins } from '../../api/pin-policy.ts';
import type { Clock } from '../../ports.ts';
import { looseFuses } from '../fuse-policy.ts';
import { count, fine, fromReasons, instant, LOCAL_LIMIT, skipped, troubled, word } from './check.ts';
import type { Check, Finding } from './check.ts';
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
  /** The switches in the binary (fuse-policy.ts), read anew each time; null where there is nothing to compare them with. */
  readonly fuses: ((signal: AbortSignal) => Promise<readonly string[] | null>) | null;
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
      run: (signal) => (program === null ? Promise.resolve(skipped()) : checkProgram(program, signal)),
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

async function checkProgram(program: ProgramFacts, signal: AbortSignal): Promise<Finding> {
  const loose = looseFuses((await program.fuses?.(signal)) ?? null);
  const evidence = programEvidence(program);
  if (loose === null) return fine(evidence);
  const seen: readonly Evidence[] = [
    ...evidence,
    { kind: 'flag', name: 'fusesSet', value: loose.length === 0 },
    ...(loose.length === 0 ? [] : [{ kind: 'fuses', name: 'looseFuses', value: loose } as const]),
  ];
  return loose.length === 0 ? fine(seen) : troubled(failure('programAltered'), seen, 'warning');
}

function programEvidence(program: ProgramFacts): readonly Evidence[] {
  const { sandboxed, browserEngine } = program;
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
  ];
}
