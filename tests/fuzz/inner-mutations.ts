import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { ed25519 } from '@noble/curves/ed25519.js';
import { TOKEN_KINDS, typOf } from '../../shared/token/kinds.ts';
import { addToS } from './malleable.ts';
import { byteFlip, textMutation } from './text-mutations.ts';
import type { TokenTarget } from './targets.ts';

/** What stands inside the encryption, made so that no reader may take it. Anybody can encrypt to a public key. */
export type InnerMutation = (target: TokenTarget) => Uint8Array | string;

const base64Url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

const headerOf = ({ kind, signer }: TokenTarget): Readonly<Record<string, unknown>> => ({
  alg: 'Ed25519',
  typ: typOf(kind),
  kid: signer.kid,
});

interface Jws {
  readonly header?: string;
  readonly claims?: string;
  readonly secretKey?: Uint8Array;
  readonly signatureOf?: (signingInput: string) => Uint8Array;
}

/** The inner token of a target with parts of it replaced. */
function jws(target: TokenTarget, changes: Jws = {}): string {
  const {
    header = JSON.stringify(headerOf(target)),
    claims = JSON.stringify(target.claims),
    secretKey = target.signer.secretKey,
    signatureOf = (input: string) => ed25519.sign(Buffer.from(input), secretKey),
  } = changes;
  const input = `${base64Url(header)}.${base64Url(claims)}`;
  return `${input}.${base64Url(signatureOf(input))}`;
}

const inners = new WeakMap<TokenTarget, string>();

/** The inner token of a target, as it is. Signed once: most mutants are made from it. */
export function validInner(target: TokenTarget): string {
  const inner = inners.get(target) ?? jws(target);
  inners.set(target, inner);
  return inner;
}

/** The signature that the target really has, for what is no longer what was signed. */
function trueSignature(target: TokenTarget): Uint8Array {
  return Buffer.from(validInner(target).split('.')[2] ?? '', 'base64url');
}

/** Same header but for these members; signed by whoever signs this kind. */
const signedHeader =
  (changes: Readonly<Record<string, unknown>>): InnerMutation =>
  (target) =>
    jws(target, { header: JSON.stringify({ ...headerOf(target), ...changes }) });

/** The header says another algorithm, and the signature is what that algorithm would have it be. */
const confused =
  (alg: unknown, signatureOf: (target: TokenTarget, input: string) => Uint8Array): InnerMutation =>
  (target) =>
    jws(target, {
      header: JSON.stringify({ ...headerOf(target), alg }),
      signatureOf: (input) => signatureOf(target, input),
    });

const mac =
  (hash: string) =>
  (target: TokenTarget, input: string): Uint8Array =>
    createHmac(hash, target.signer.publicKey).update(input).digest();

const fixedSignature =
  (hex: string): InnerMutation =>
  (target) =>
    jws(target, { signatureOf: () => Buffer.from(hex, 'hex') });

const otherClaims =
  (changes: Readonly<Record<string, unknown>>): InnerMutation =>
  (target) =>
    jws(target, {
      claims: JSON.stringify({ ...target.claims, ...changes }),
      signatureOf: () => trueSignature(target),
    });

/** Signed by whoever signs this kind, and yet no token: repeated names, wrong types, foreign forms. */
const signedClaims =
  (change: (json: string) => string): InnerMutation =>
  (target) =>
    jws(target, { claims: change(JSON.stringify(target.claims)) });

const INNER: readonly InnerMutation[] = [
  ...['none', 'None', 'NONE', ''].map((alg) => confused(alg, () => new Uint8Array())),
  ...['none', 'HS256', 'ES256', 'Ed448', 'RS256', null, ['Ed25519']].map((alg) =>
    confused(alg, trueSignature),
  ),
  confused('HS256', mac('sha256')),
  confused('HS512', mac('sha512')),
  confused('Ed25519', mac('sha512')),
  ...['ES256', 'PS256', 'ed25519', 'Ed25519ph', 'EdDSA2', 'ECDH-ES'].map((alg) => signedHeader({ alg })),
  signedHeader({ crit: ['b64'], b64: false }),
  signedHeader({ typ: 'JWT' }),
  signedHeader({ typ: undefined }),
  signedHeader({ kid: 'nobody' }),
  signedHeader({ kid: undefined }),
  (target) => {
    const other = TOKEN_KINDS[(TOKEN_KINDS.indexOf(target.kind) + 1) % TOKEN_KINDS.length];
    return signedHeader({ typ: other === undefined ? '' : typOf(other) })(target);
  },
  (target) => jws(target, { header: JSON.stringify(headerOf(target)).replace('{', '{"alg":"none",') }),
  (target) => jws(target, { secretKey: target.stranger.secretKey }),
  (target) =>
    jws(target, {
      header: JSON.stringify({ ...headerOf(target), kid: target.stranger.kid }),
      secretKey: target.stranger.secretKey,
    }),
  (target) => jws(target, { signatureOf: () => addToS(trueSignature(target), 1n) }),
  (target) => jws(target, { signatureOf: () => addToS(trueSignature(target), 7n) }),
  (target) => jws(target, { signatureOf: () => trueSignature(target).subarray(0, 63) }),
  (target) => jws(target, { signatureOf: () => Buffer.concat([trueSignature(target), Buffer.alloc(1)]) }),
  fixedSignature(''),
  fixedSignature('00'.repeat(64)),
  fixedSignature('ff'.repeat(64)),
  fixedSignature(`01${'00'.repeat(63)}`),
  fixedSignature(`ec${'ff'.repeat(30)}7f${'00'.repeat(32)}`),
  otherClaims({ productId: 'prod_other' }),
  otherClaims({ exp: undefined }),
  otherClaims({ seq: 999 }),
  otherClaims({ activationCode: 'ZZZZ-ZZZZ' }),
  signedClaims((json) => json.replace('{', '{"jti":"AAAAAAAAAAAAAAAAAAAAAA",')),
  signedClaims((json) => json.replace('{', '{"\\u0069at":1,')),
  signedClaims((json) => `${json.slice(0, -1)},"x":{"a":1,"a":2}}`),
  signedClaims((json) => `${json.slice(0, -1)},"x":${'['.repeat(50)}${']'.repeat(50)}}`),
  signedClaims((json) => `[${json}]`),
  signedClaims((json) => `${json}${json}`),
  signedClaims(() => ''),
  signedClaims(() => 'null'),
  signedClaims((json) => json.replace('"tenantId"', '"tenant"')),
  signedClaims((json) => json.replace(/"iat":\d+/, '"iat":1e99')),
  (target) => `${validInner(target)}.`,
  (target) => `${validInner(target)}\n`,
  (target) => ` ${validInner(target)}`,
  (target) => `${validInner(target)}==`,
  (target) => validInner(target).split('.').slice(0, 2).join('.'),
  (target) => JSON.stringify({ payload: base64Url(JSON.stringify(target.claims)), signatures: [] }),
  (target) => JSON.stringify(target.claims),
  (target) => target.jwe,
  () => '',
  () => '..',
  () => Buffer.from('ff80fe', 'hex'),
];

const flippedSignature: fc.Arbitrary<InnerMutation> = byteFlip.map((flip) => (target) => {
  return jws(target, { signatureOf: () => flip(trueSignature(target)) });
});

const flippedClaims: fc.Arbitrary<InnerMutation> = byteFlip.map((flip) => (target) => {
  const [header, claims = '', signature] = validInner(target).split('.');
  return [header, base64Url(flip(Buffer.from(claims, 'base64url'))), signature].join('.');
});

const mutatedText: fc.Arbitrary<InnerMutation> = textMutation.map((mutate) => (target) => {
  const valid = validInner(target);
  const mutant = mutate(valid);
  return mutant === valid ? '' : mutant;
});

export const innerMutation: fc.Arbitrary<InnerMutation> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...INNER) },
  { weight: 2, arbitrary: flippedSignature },
  { weight: 1, arbitrary: flippedClaims },
  { weight: 1, arbitrary: mutatedText },
);
