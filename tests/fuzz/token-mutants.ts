import fc from 'fast-check';
import { TOKEN_KINDS, typOf, type TokenKind } from '../../shared/token/kinds.ts';
import type { OpenOptions } from '../../shared/token/open.ts';
import { LOW_ORDER_POINTS, outerHeader } from './header-mutations.ts';
import { innerMutation, validInner } from './inner-mutations.ts';
import type { TokenTarget } from './targets.ts';
import { hugeText, textMutation } from './text-mutations.ts';

/** A text that is no valid token for this reader. */
export interface TokenMutant {
  readonly name: string;
  readonly text: string;
  readonly reader: OpenOptions<TokenKind>;
  /** A valid token that the text may contain; whoever finds just that one in it has found no forgery. */
  readonly original: string;
}

const encode = (json: string): string => Buffer.from(json).toString('base64url');

/** Replaces parts of a compact JWE. */
const withParts = (jwe: string, parts: Readonly<Record<number, string>>): string =>
  jwe
    .split('.')
    .map((part, index) => parts[index] ?? part)
    .join('.');

/** Mutants of these tokens, each in its own way wrong. */
export function tokenMutants(targets: readonly TokenTarget[]): fc.Arbitrary<TokenMutant> {
  const target = fc.constantFrom(...targets);

  const mutant = (name: string, { reader, jwe }: TokenTarget, text: string): TokenMutant => ({
    name,
    reader,
    original: jwe,
    // What came out as it went in is no mutant; a token without its last character is.
    text: text === jwe ? text.slice(0, -1) : text,
  });

  const damaged = fc
    .tuple(target, textMutation)
    .map(([valid, mutate]) => mutant('damaged', valid, mutate(valid.jwe)));

  const part = fc
    .tuple(target, fc.constantFrom(0, 2, 3, 4), textMutation)
    .map(([valid, index, mutate]) =>
      mutant('part', valid, withParts(valid.jwe, { [index]: mutate(valid.jwe.split('.')[index] ?? '') })),
    );

  const header = fc
    .tuple(target, outerHeader)
    .map(([valid, mutate]) =>
      mutant('header', valid, withParts(valid.jwe, { 0: encode(mutate(valid.header)) })),
    );

  /** The header is of another making than the rest: the tag covers it. */
  const foreignHeader = fc.tuple(target, fc.constantFrom(0, 2, 3, 4), target).map(([valid, index, other]) => {
    const foreign = (other === valid ? other.seal(JSON.stringify(other.header), 'x') : other.jwe).split('.')[
      index
    ];
    return mutant('splice', valid, withParts(valid.jwe, { [index]: foreign ?? '' }));
  });

  const sealedHeader = fc
    .tuple(target, outerHeader)
    .map(([valid, mutate]) =>
      mutant('sealed header', valid, valid.seal(mutate(valid.header), validInner(valid))),
    );

  const lowOrder = fc
    .tuple(target, fc.constantFrom(...LOW_ORDER_POINTS), innerMutation)
    .map(([valid, x, inner]) => {
      const epk = { kty: 'OKP', crv: 'X25519', x };
      return mutant(
        'low order',
        valid,
        valid.sealWithZeroSecret(JSON.stringify({ ...valid.header, epk }), inner(valid)),
      );
    });

  const inner = fc
    .tuple(target, innerMutation)
    .map(([valid, mutate]) =>
      mutant('inner', valid, valid.seal(JSON.stringify(valid.header), mutate(valid))),
    );

  const otherKind = fc
    .tuple(target, fc.constantFrom(...TOKEN_KINDS), fc.constantFrom('as it is', 'renamed', 'sealed anew'))
    .map(([valid, kind, how]) => {
      const expected = kind === valid.kind ? TOKEN_KINDS.filter((other) => other !== kind) : [kind];
      const reader = { ...valid.reader, expect: expected };
      const renamed = JSON.stringify({ ...valid.header, typ: typOf(expected[0] ?? kind) });
      const text = {
        'as it is': valid.jwe,
        renamed: withParts(valid.jwe, { 0: encode(renamed) }),
        'sealed anew': valid.seal(renamed, validInner(valid)),
      }[how];
      return { name: `other kind ${how}`, reader, original: valid.jwe, text };
    });

  const huge = fc
    .tuple(target, hugeText, fc.constantFrom('alone', 'before', 'after', 'header', 'ciphertext'))
    .map(([valid, text, where]) => {
      const texts = {
        alone: text,
        before: text + valid.jwe,
        after: valid.jwe + text,
        header: withParts(valid.jwe, { 0: encode(text) }),
        ciphertext: withParts(valid.jwe, { 3: text.slice(0, 60_000) }),
      };
      return mutant('huge', valid, texts[where]);
    });

  return fc.oneof(
    { weight: 180, arbitrary: damaged },
    { weight: 140, arbitrary: part },
    { weight: 300, arbitrary: header },
    { weight: 30, arbitrary: foreignHeader },
    { weight: 120, arbitrary: sealedHeader },
    { weight: 30, arbitrary: lowOrder },
    { weight: 40, arbitrary: inner },
    { weight: 45, arbitrary: otherKind },
    { weight: 1, arbitrary: huge },
  );
}
