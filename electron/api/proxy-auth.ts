import { createHash } from 'node:crypto';
import type { Random } from '../ports.ts';
import type { ProxyLogin } from './network.ts';

/** One way in that a proxy offers (RFC 9110, section 11.6.1). */
interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const PART = /([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^\s,"]+))?/g;

/** Takes the challenges of a `Proxy-Authenticate` apart; several may stand in one header. */
function challengesOf(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name = '', value] of header.matchAll(PART)) {
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), unquote(value));
  }
  return challenges;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}

const quote = (value: string) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

/** Hashes of RFC 7616, section 3.3, the best first; a session variant is not offered by proxies in use. */
const HASHES: readonly (readonly [name: string, hash: string])[] = [
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
];

/**
 * The `Proxy-Authorization` that answers a proxy: Digest if it can be had, because it does not tell the password, else
 * Basic (RFC 7617).
 * @param authority host and port of the tunnel, the request target of CONNECT
 * @returns null if the proxy wants what is not spoken here, such as Negotiate
 */
export function answerToProxy(
  header: string,
  login: ProxyLogin,
  authority: string,
  random: Random,
): string | null {
  const challenges = challengesOf(header);
  for (const [name, hash] of HASHES) {
    const digest = challenges.find(
      ({ scheme, parameters }) =>
        scheme === 'digest' && (parameters.get('algorithm') ?? 'MD5').toUpperCase() === name,
    );
    const answer =
      digest === undefined ? null : digestAnswer(digest, { name, hash }, login, authority, random);
    if (answer !== null) return answer;
  }
  if (!challenges.some(({ scheme }) => scheme === 'basic')) return null;
  return `Basic ${Buffer.from(`${login.username}:${login.password.reveal()}`, 'utf8').toString('base64')}`;
}

function digestAnswer(
  { parameters }: Challenge,
  algorithm: { readonly name: string; readonly hash: string },
  { username, password }: ProxyLogin,
  authority: string,
  random: Random,
): string | null {
  const [realm, nonce] = [parameters.get('realm'), parameters.get('nonce')];
  if (realm === undefined || nonce === undefined) return null;
  const offered = parameters.get('qop')?.split(',');
  const withQop = offered?.some((one) => one.trim() === 'auth') ?? false;
  if (offered !== undefined && !withQop) return null;
  const hash = (text: string) => createHash(algorithm.hash).update(text, 'utf8').digest('hex');
  const cnonce = Buffer.from(random.bytes(16)).toString('hex');
  const count = '00000001';
  const secret = hash(`${username}:${realm}:${password.reveal()}`);
  const request = hash(`CONNECT:${authority}`);
  const middle = withQop ? `${nonce}:${count}:${cnonce}:auth` : nonce;
  const fields = [
    `username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(authority)}`,
    `algorithm=${algorithm.name}`,
    `response="${hash(`${secret}:${middle}:${request}`)}"`,
    ...(withQop ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
    ...(parameters.has('opaque') ? [`opaque=${quote(parameters.get('opaque') ?? '')}`] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}
