import { sign } from 'node:crypto';
import fc from 'fast-check';
import type { VerifyOptions } from '../../shared/license-file/verify.ts';
import { armor } from '../unit/license-file/samples.ts';
import { addToS } from './malleable.ts';
import type { LicenseTarget } from './targets.ts';
import { byteFlip, hugeText, textMutation } from './text-mutations.ts';

/** A text that is no valid license file for this reader. */
export interface LicenseMutant {
  readonly name: string;
  readonly text: string;
  readonly options: VerifyOptions;
}

type Envelope = Readonly<Record<string, unknown>>;
type EnvelopeMutation = (target: LicenseTarget) => Envelope;

const prefixOf = ({ armor: kind }: LicenseTarget): string => `${(kind ?? 'LICENSE').toLowerCase()}/`;

const ALGORITHMS: readonly unknown[] = [
  ...'none base64 base64+none base64+hmac-sha512 hs256 base64+rsa-sha256 base64+ecdsa-secp256r1'.split(' '),
  ...'aes-256-gcm+none ed25519 BASE64+ED25519'.split(' '),
  'base64+ed25519 ',
  '',
  null,
  1,
  ['base64+ed25519'],
];

const ENVELOPES: readonly EnvelopeMutation[] = [
  ...ALGORITHMS.map((alg): EnvelopeMutation => ({ envelope }) => ({ ...envelope, alg })),
  ({ envelope }) => ({
    ...envelope,
    alg: envelope.alg === 'base64+ed25519' ? 'aes-256-gcm+ed25519' : 'base64+ed25519',
  }),
  (target) => ({ ...target.envelope, sig: target.macOf(prefixOf(target) + target.envelope.enc) }),
  (target) => ({ ...target.envelope, sig: target.macOf(target.envelope.enc) }),
  ({ envelope, stranger }) => ({
    ...envelope,
    sig: sign(null, Buffer.from(envelope.enc), stranger.privateKey).toString('base64'),
  }),
  (target) => ({
    ...target.envelope,
    sig: sign(null, Buffer.from(prefixOf(target) + target.envelope.enc), target.stranger.privateKey).toString(
      'base64',
    ),
  }),
  ...[
    new Uint8Array(64),
    new Uint8Array(64).fill(255),
    Uint8Array.of(1, ...new Uint8Array(63)),
    new Uint8Array(),
  ].map((bytes): EnvelopeMutation => ({ envelope }) => ({
    ...envelope,
    sig: Buffer.from(bytes).toString('base64'),
  })),
  ...[1n, 2n, 7n].map((times): EnvelopeMutation => ({ envelope }) => ({
    ...envelope,
    sig: Buffer.from(addToS(Buffer.from(envelope.sig, 'base64'), times)).toString('base64'),
  })),
  ...['enc', 'sig', 'alg'].map((name): EnvelopeMutation => ({ envelope }) => ({
    ...envelope,
    [name]: undefined,
  })),
  ({ envelope }) => ({ ...envelope, enc: envelope.enc.split('.').toReversed().join('.') }),
  ({ envelope }) => ({ ...envelope, enc: `${envelope.enc}\n` }),
  ({ envelope }) => ({ ...envelope, sig: `${envelope.sig}\n` }),
  ({ envelope }) => ({ ...envelope, sig: envelope.sig.replaceAll('=', '') }),
];

const text = (target: LicenseTarget, envelope: Envelope): string =>
  armor(target.armor ?? 'LICENSE', envelope);

/** How the reader sees a text: it skips white space, and a key's padding says nothing. */
const meaningOf = (value: string): string => value.replaceAll(/\s/g, '').replaceAll(/={1,2}(?=\.|$)/g, '');

/** Mutants of these license files and keys, each in its own way wrong. */
export function licenseMutants(targets: readonly LicenseTarget[]): fc.Arbitrary<LicenseMutant> {
  const files = targets.filter((target) => target.armor !== null);
  const file = fc.constantFrom(...files);
  const keyTarget = fc.constantFrom(...targets.filter((target) => target.armor === null));

  const mutant = (
    name: string,
    { options }: LicenseTarget,
    original: string,
    mutated: string,
  ): LicenseMutant => ({
    name,
    options,
    // What says the same as before is no mutant; a text without its middle is.
    text: meaningOf(mutated) === meaningOf(original) ? mutated.slice(0, mutated.length / 2) : mutated,
  });

  /** In the base64 of the envelope: the armor itself protects nothing. */
  const damaged = fc.tuple(file, textMutation).map(([target, mutate]) => {
    const valid = text(target, target.envelope);
    const lines = valid.trimEnd().split('\n');
    const body = lines.slice(1, -1).join('');
    return mutant('file damaged', target, valid, [lines[0], mutate(body), lines.at(-1)].join('\n'));
  });

  const envelope = fc
    .tuple(file, fc.constantFrom(...ENVELOPES))
    .map(([target, mutate]) =>
      mutant('envelope', target, text(target, target.envelope), text(target, mutate(target))),
    );

  const member = fc
    .tuple(file, fc.constantFrom('enc', 'sig', 'alg'), textMutation)
    .map(([target, name, mutate]) => {
      const changed = { ...target.envelope, [name]: mutate(target.envelope[name]) };
      return mutant(`member ${name}`, target, text(target, target.envelope), text(target, changed));
    });

  const flippedSignature = fc.tuple(file, byteFlip).map(([target, flip]) => {
    const sig = Buffer.from(flip(Buffer.from(target.envelope.sig, 'base64'))).toString('base64');
    return mutant('signature', target, '', text(target, { ...target.envelope, sig }));
  });

  const repeated = fc
    .tuple(file, fc.constantFrom('enc', 'sig', 'alg'), fc.boolean())
    .map(([target, name, first]) => {
      const json = JSON.stringify(target.envelope).slice(1, -1);
      const more = `${JSON.stringify(name)}:${JSON.stringify(target.envelope[name])}`;
      const body = Buffer.from(first ? `{${more},${json}}` : `{${json},${more}}`).toString('base64');
      const kind = target.armor ?? 'LICENSE';
      return mutant('repeated', target, '', `-----BEGIN ${kind} FILE-----${body}-----END ${kind} FILE-----`);
    });

  const otherArmor = file.map((target) =>
    mutant(
      'other armor',
      target,
      '',
      armor(target.armor === 'LICENSE' ? 'MACHINE' : 'LICENSE', target.envelope),
    ),
  );

  const spliced = fc.tuple(file, file, fc.constantFrom('enc', 'sig')).map(([target, other, name]) => {
    const changed =
      other === target
        ? { ...target.envelope, [name]: '' }
        : { ...target.envelope, [name]: other.envelope[name] };
    return mutant('spliced', target, text(target, target.envelope), text(target, changed));
  });

  const key = fc
    .tuple(keyTarget, textMutation)
    .map(([target, mutate]) =>
      mutant('key', target, target.key, `key/${mutate(target.key.slice('key/'.length))}`),
    );

  const huge = fc
    .tuple(file, hugeText, fc.constantFrom('alone', 'body', 'enc', 'key'))
    .map(([target, long, where]) => {
      const texts = {
        alone: long,
        body: `-----BEGIN LICENSE FILE-----${long}-----END LICENSE FILE-----`,
        enc: text(target, { ...target.envelope, enc: long }),
        key: `key/${long}.${long}`,
      };
      return mutant('huge', target, '', texts[where]);
    });

  return fc.oneof(
    { weight: 100, arbitrary: damaged },
    { weight: 120, arbitrary: envelope },
    { weight: 50, arbitrary: member },
    { weight: 20, arbitrary: flippedSignature },
    { weight: 60, arbitrary: repeated },
    { weight: 10, arbitrary: otherArmor },
    { weight: 10, arbitrary: spliced },
    { weight: 40, arbitrary: key },
    { weight: 1, arbitrary: huge },
  );
}
