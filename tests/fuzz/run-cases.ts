import fc from 'fast-check';
import { verdictOf, verifyLicenseFile, type VerifyOptions } from '../../shared/license-file/verify.ts';
import type { TokenKind } from '../../shared/token/kinds.ts';
import { openToken, type OpenOptions } from '../../shared/token/open.ts';
import { recogniseToken } from '../../shared/token/recognise.ts';
import { armor } from '../unit/license-file/samples.ts';
import { licenseMutants, type LicenseMutant } from './license-mutants.ts';
import { makeTargets, randomFromSeed, type Targets } from './targets.ts';
import { tokenMutants, type TokenMutant } from './token-mutants.ts';

/** What is put to the test; a test of this test gives its own. */
export interface Subject {
  /** The answer's error code; null = accepted. */
  readonly open: (text: string, reader: OpenOptions<TokenKind>) => string | null;
  /** The bare token in a text; null = none. */
  readonly recognise: (text: string) => string | null;
  /** The verdict; null = no license file. */
  readonly verify: (text: string, options: VerifyOptions) => string | null;
}

export const CODEC: Subject = {
  open: (text, reader) => {
    const result = openToken(text, reader);
    return result.ok ? null : result.error.code;
  },
  recognise: (text) => {
    const result = recogniseToken(text);
    return result.ok ? result.value.jwe : null;
  },
  verify: (text, options) => {
    const report = verifyLicenseFile(text, options);
    return report === null ? null : verdictOf(report);
  },
};

export interface Outcome {
  readonly cases: number;
  readonly accepted: number;
  readonly crashed: number;
  /** Milliseconds that the slowest case took. */
  readonly slowest: number;
  /** What was accepted or crashed, and why, for whoever repairs it: the first few. */
  readonly findings: readonly string[];
}

const MAX_FINDINGS = 5;

/** How a token may be refused; any other answer is a defect. */
const REFUSALS: ReadonlySet<string> = new Set([
  'tokenMalformed',
  'tokenTooLarge',
  'tokenWrongKind',
  'tokenForOtherDevice',
  'tokenKeyUnknown',
  'tokenSignatureInvalid',
]);

type Mutant = ({ readonly what: 'token' } & TokenMutant) | ({ readonly what: 'license' } & LicenseMutant);

/** The cases of a seed; the same whenever and wherever it is used. */
export function mutantsOf(seed: number, cases: number, targets: Targets): readonly Mutant[] {
  const mutants: fc.Arbitrary<Mutant> = fc.oneof(
    {
      weight: 7,
      arbitrary: tokenMutants(targets.tokens).map((mutant) => ({ what: 'token' as const, ...mutant })),
    },
    {
      weight: 3,
      arbitrary: licenseMutants(targets.licenses).map((mutant) => ({ what: 'license' as const, ...mutant })),
    },
  );
  return fc.sample(mutants, { seed, numRuns: cases });
}

/** Whether a mutant was accepted. Throws if something is answered that is none of the answers. */
function accepts(subject: Subject, mutant: Mutant): boolean {
  if (mutant.what === 'license') return subject.verify(mutant.text, mutant.options) === 'valid';
  const { text, reader, original } = mutant;
  const found = subject.recognise(text);
  const texts = found === null || found === original ? [text] : [...new Set([text, found])];
  return texts.some((each) => {
    const code = subject.open(each, reader);
    if (code !== null && !REFUSALS.has(code)) throw new Error(`answered ${code}`);
    return code === null;
  });
}

/** Throws unless every original is accepted: refusing everything would prove nothing. */
function checkOriginals(subject: Subject, { tokens, licenses }: Targets): void {
  for (const { kind, jwe, reader } of tokens) {
    const code = subject.open(subject.recognise(jwe) ?? '', reader);
    if (code !== null) throw new Error(`The valid token ${kind} was refused: ${code}`);
  }
  for (const { armor: kind, envelope, key, options } of licenses) {
    const verdict = subject.verify(kind === null ? key : armor(kind, envelope), options);
    if (verdict !== 'valid') throw new Error(`A valid license file was refused: ${verdict}`);
  }
}

/** Runs the cases of one seed. */
export function runCases(seed: number, cases: number, subject: Subject = CODEC): Outcome {
  const targets = makeTargets(randomFromSeed(seed));
  checkOriginals(subject, targets);
  const findings: string[] = [];
  let accepted = 0;
  let crashed = 0;
  let slowest = 0;
  const note = (mutant: Mutant, what: string): void => {
    if (findings.length < MAX_FINDINGS)
      findings.push(`${what}: ${mutant.name}: ${JSON.stringify(mutant.text.slice(0, 4000))}`);
  };
  for (const mutant of mutantsOf(seed, cases, targets)) {
    const started = performance.now();
    try {
      if (accepts(subject, mutant)) {
        accepted += 1;
        note(mutant, 'accepted');
      }
    } catch (error) {
      crashed += 1;
      note(mutant, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  return { cases, accepted, crashed, slowest, findings };
}
