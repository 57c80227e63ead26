import { describe, expect, it } from 'vitest';
import { CODEC, mutantsOf, runCases, type Subject } from '../../fuzz/run-cases.ts';
import { makeTargets, randomFromSeed } from '../../fuzz/targets.ts';

/** A test of the test: `npm run fuzz` must be able to fail, and to be repeated. */

const CASES = 600;

const textsOf = (seed: number): readonly string[] =>
  mutantsOf(seed, CASES, makeTargets(randomFromSeed(seed))).map(({ text }) => text);

describe('the cases', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(textsOf(5)).toEqual(textsOf(5));
    expect(textsOf(5)).not.toEqual(textsOf(6));
  });

  it('come from every kind of token and file, and in every way of being wrong', () => {
    const mutants = mutantsOf(1, 4000, makeTargets(randomFromSeed(1)));
    const names = mutants.map(({ name }) => name);
    expect([...new Set(names)].toSorted()).toEqual([
      'damaged',
      'envelope',
      'file damaged',
      'header',
      'huge',
      'inner',
      'key',
      'low order',
      'member alg',
      'member enc',
      'member sig',
      'other armor',
      'other kind as it is',
      'other kind renamed',
      'other kind sealed anew',
      'part',
      'repeated',
      'sealed header',
      'signature',
      'splice',
      'spliced',
    ]);
    const kinds = mutants.flatMap((mutant) => (mutant.what === 'token' ? mutant.reader.expect : []));
    expect(new Set(kinds).size).toBe(4);
  });

  it('are all refused', () => {
    expect(runCases(3, CASES)).toMatchObject({ cases: CASES, accepted: 0, crashed: 0, findings: [] });
  });
});

describe('a codec that is broken', () => {
  const broken = (changes: Partial<Subject>) => runCases(3, CASES, { ...CODEC, ...changes });

  it('shows when it accepts what was altered', () => {
    const { accepted, crashed, findings } = broken({
      open: (text, reader) => (text.startsWith('eyJ') ? null : CODEC.open(text, reader)),
    });
    expect(accepted).toBeGreaterThan(50);
    expect(crashed).toBe(0);
    expect(findings[0]).toMatch(/^accepted: /);
  });

  it('shows when it accepts any license file', () => {
    const lax: Subject['verify'] = (text, options) => (CODEC.verify(text, options) === null ? null : 'valid');
    expect(broken({ verify: lax }).accepted).toBeGreaterThan(20);
  });

  it('shows when it finds another token in the text than the one that was put there', () => {
    const originals = makeTargets(randomFromSeed(3)).tokens;
    const forging: Subject['open'] = (text, reader) => (text === 'forged' ? null : CODEC.open(text, reader));
    const forges: Subject['recognise'] = (text) =>
      originals.some(({ jwe }) => jwe === text) ? CODEC.recognise(text) : 'forged';
    expect(broken({ recognise: forges, open: forging }).accepted).toBeGreaterThan(100);
  });

  it('shows when it throws, and when its answer is none of the answers', () => {
    const throwing: Subject['open'] = (text, reader) => {
      if (text.length > 70_000 || text === '') throw new RangeError('too long');
      return CODEC.open(text, reader) === 'tokenMalformed' ? 'internal' : CODEC.open(text, reader);
    };
    const { accepted, crashed, findings } = broken({ open: throwing });
    expect(accepted).toBe(0);
    expect(crashed).toBeGreaterThan(100);
    expect(findings[0]).toContain('answered internal');
  });

  it('shows when it refuses what is valid', () => {
    expect(() => broken({ open: () => 'tokenMalformed' })).toThrow('was refused: tokenMalformed');
    expect(() => broken({ verify: () => null })).toThrow('A valid license file was refused');
  });
});
