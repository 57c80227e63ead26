import fc from 'fast-check';

type Header = Readonly<Record<string, unknown>>;

/** A header as JSON text, made from a valid one so that no reader may take it. */
export type HeaderMutation = (header: Header) => string;

/** u-coordinates of low order on Curve25519, all encodings; base64url. */
export const LOW_ORDER_POINTS: readonly string[] = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  `${'00'.repeat(31)}80`,
  `01${'00'.repeat(30)}80`,
  `ec${'ff'.repeat(31)}`,
  `ed${'ff'.repeat(31)}`,
  `ee${'ff'.repeat(31)}`,
].map((hex) => Buffer.from(hex, 'hex').toString('base64url'));

const set = (name: string, value: unknown): HeaderMutation => {
  return (header) => JSON.stringify({ ...header, [name]: value });
};

const without = (name: string): HeaderMutation => {
  return (header) =>
    JSON.stringify(Object.fromEntries(Object.entries(header).filter(([key]) => key !== name)));
};

const withKey = (changes: Header): HeaderMutation => {
  return ({ epk, ...header }) => JSON.stringify({ ...header, epk: { ...(epk as Header), ...changes } });
};

/** Says a name twice: first the old value or the new one. */
const twice = (name: string, value: unknown, first: boolean): HeaderMutation => {
  return (header) => {
    const other = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const json = JSON.stringify(header).slice(1, -1);
    return first ? `{${other},${json}}` : `{${json},${other}}`;
  };
};

const nested = (depth: number): HeaderMutation => {
  return (header) => `${JSON.stringify(header).slice(0, -1)},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
};

const NOT_ALGORITHMS: readonly unknown[] = [
  ...'none None HS256 dir RSA-OAEP RSA1_5 A256KW PBES2-HS256+A128KW ECDH-ES+A256KW ecdh-es ECDH-1PU'.split(
    ' ',
  ),
  '',
  null,
  1,
  ['ECDH-ES'],
  { alg: 'ECDH-ES' },
];

/** Every way in which the outer header of a token may be wrong, one at a time. */
const OUTER_HEADERS: readonly HeaderMutation[] = [
  ...NOT_ALGORITHMS.map((alg) => set('alg', alg)),
  ...['A128GCM', 'A192GCM', 'A256CBC-HS512', 'none', 'a256gcm', '', null].map((enc) => set('enc', enc)),
  ...['JWE', 'jwt', 'application/json', null].map((cty) => set('cty', cty)),
  ...['JWT', 'latchkey-refresh-v2+jwt', 'refresh', '', null, 7].map((typ) => set('typ', typ)),
  ...[null, '', 7, {}, 'x'.repeat(65), 'constructor', '__proto__'].map((kid) => set('kid', kid)),
  ...['alg', 'enc', 'cty', 'typ', 'kid', 'epk'].map(without),
  set('zip', 'DEF'),
  set('crit', ['exp']),
  set('crit', []),
  set('apu', 'QWxpY2U'),
  set('apv', ''),
  ...['P-256', 'X448', 'Ed25519', 'x25519', null].map((crv) => withKey({ crv })),
  ...['EC', 'oct', 'RSA', null].map((kty) => withKey({ kty })),
  ...['', 'A', 'AAAA', `${'A'.repeat(42)}B`, `${'A'.repeat(43)}=`, 'A'.repeat(44), null, 1].map((x) =>
    withKey({ x }),
  ),
  ...LOW_ORDER_POINTS.map((x) => withKey({ x })),
  withKey({ d: 'A'.repeat(43) }),
  ...[null, [], 'key', { kty: 'OKP' }].map((epk) => set('epk', epk)),
  ...[true, false].flatMap((first) => [
    twice('alg', 'none', first),
    twice('alg', 'ECDH-ES', first),
    twice('kid', 'other', first),
    twice('typ', 'latchkey-refresh-v1+jwt', first),
    twice('epk', {}, first),
  ]),
  (header) => JSON.stringify(header).replace('"epk":{', '"epk":{"x":"AAAA",'),
  nested(40),
  nested(700),
  set('pad', 'x'.repeat(3000)),
  () => '',
  () => '{}',
  () => '[]',
  () => 'null',
  (header) => JSON.stringify([header]),
  (header) => `${JSON.stringify(header)},`,
  (header) => `\uFEFF${JSON.stringify(header)}`,
  (header) => JSON.stringify(header).replaceAll('"', "'"),
];

export const outerHeader: fc.Arbitrary<HeaderMutation> = fc.constantFrom(...OUTER_HEADERS);
