import * as v from 'valibot';

/**
 * What a check has seen. Every piece has a kind, which says what its value may look like, and a name from a closed list.
 * Threat: a report is mailed around and kept for years. There is no kind for free text, so no code, token, path, user
 * name or serial number has a place to ride along in.
 */

/** Instants, epoch milliseconds. */
export const INSTANT_NAMES = [
  'localTime',
  'trustedTime',
  'serverTime',
  'validFrom',
  'validUntil',
  'leaseEnd',
  'activatedAt',
  'describedAt',
  'entitlementEnd',
  'graceEnd',
  'maintenanceEnd',
  'fileEnd',
  'startedAt',
  'endedAt',
  'contactAt',
  'goodContactAt',
  'notBefore',
  'requestMadeAt',
  'pinEnd',
] as const;

/** Milliseconds. */
export const DURATION_NAMES = ['behindBy', 'aheadBy', 'serverDifference', 'retryAfter', 'heldSince'] as const;

/** Bytes. */
export const SIZE_NAMES = ['freeSpace'] as const;

export const COUNT_NAMES = [
  'addresses',
  'files',
  'filesSetAside',
  'holderProcess',
  'httpStatus',
  'pendingRequests',
  'pins',
  'pinsInForce',
  'products',
  'receipts',
  'routes',
  'seats',
  'seatsUsed',
  'seatsToGiveBack',
  'serverKeys',
] as const;

export const FLAG_NAMES = [
  'loginNeeded',
  'nonceHeld',
  'packaged',
  'pinned',
  'sandboxed',
  'writable',
  'fusesSet',
] as const;

/** Host and port. */
export const ADDRESS_NAMES = ['server', 'proxy'] as const;

/** Versions of programs and protocols. */
export const VERSION_NAMES = [
  'application',
  'runtime',
  'browserEngine',
  'apiVersion',
  'serverApiVersion',
  'tlsVersion',
] as const;

/** Lists of device factors (electron/fingerprint); only their names, never what they say. */
export const FACTOR_LIST_NAMES = ['matchingFactors', 'changedFactors', 'unreadableFactors'] as const;
const FACTORS = ['board', 'disk', 'mac', 'machineId', 'os', 'cpu', 'install'] as const;

/** Switches in the binary of Electron, in the order in which they are there (FuseV1Options). */
export const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeInspect',
  'asarIntegrity',
  'onlyAsar',
  'browserSnapshot',
  'fileProtocol',
  'wasmTrapHandlers',
] as const;
export type Fuse = (typeof FUSES)[number];

export const WORD_NAMES = [
  'device',
  'environment',
  'host',
  'keyProvider',
  'keyProblem',
  'keyringBackend',
  'keyring',
  'lockState',
  'machineKind',
  'mode',
  'pinning',
  'platform',
  'entitlementStatus',
  'route',
  'vault',
  'witness',
] as const;

/** A word that the program itself has in its lists, such as `keychain` or `rolledBack`. */
const word = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/));
const number = v.pipe(v.number(), v.finite());
const address = v.pipe(v.string(), v.maxLength(300), v.regex(/^[^\s/@?#]+$/));
const version = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w.+-]{0,39}$/));

export const evidenceSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('instant'), name: v.picklist(INSTANT_NAMES), value: number }),
  v.strictObject({ kind: v.literal('duration'), name: v.picklist(DURATION_NAMES), value: number }),
  v.strictObject({ kind: v.literal('size'), name: v.picklist(SIZE_NAMES), value: number }),
  v.strictObject({ kind: v.literal('count'), name: v.picklist(COUNT_NAMES), value: number }),
  v.strictObject({ kind: v.literal('flag'), name: v.picklist(FLAG_NAMES), value: v.boolean() }),
  v.strictObject({ kind: v.literal('address'), name: v.picklist(ADDRESS_NAMES), value: address }),
  v.strictObject({ kind: v.literal('version'), name: v.picklist(VERSION_NAMES), value: version }),
  v.strictObject({ kind: v.literal('word'), name: v.picklist(WORD_NAMES), value: word }),
  v.strictObject({
    kind: v.literal('factors'),
    name: v.picklist(FACTOR_LIST_NAMES),
    value: v.pipe(v.array(v.picklist(FACTORS)), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('fuses'),
    name: v.literal('looseFuses'),
    value: v.pipe(v.array(v.picklist(FUSES)), v.readonly()),
  }),
  /** Name of an operating-system error, such as `EACCES`. */
  v.strictObject({
    kind: v.literal('system'),
    name: v.literal('system'),
    value: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,38}$/)),
  }),
  /** Common name of whoever issued the certificate that was shown: the word of a stranger. */
  v.strictObject({
    kind: v.literal('issuer'),
    name: v.literal('issuer'),
    value: v.pipe(v.string(), v.maxLength(200)),
  }),
  /** A public-key pin, base64 (RFC 7469, section 2.4): the one that matched. Public. */
  v.strictObject({
    kind: v.literal('pin'),
    name: v.literal('matchedPin'),
    value: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/)),
  }),
  /** Joins a call with the log here and the log of the server. */
  v.strictObject({
    kind: v.literal('correlation'),
    name: v.literal('correlationId'),
    value: v.pipe(v.string(), v.uuid()),
  }),
]);

export type Evidence = v.InferOutput<typeof evidenceSchema>;
