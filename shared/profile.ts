import * as v from 'valibot';
import { err, ok, type Result } from './result.ts';
import { failure } from './errors.ts';

/**
 * The vendor profile: everything that makes Latchkey one vendor's own. It is public (it ships inside the
 * installer), so it holds names, addresses and public keys and refuses anything that looks like a secret.
 */

const text = (max: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max));
/** An address of a server or page: https, without a login or fragment. */
export const httpsUrl = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return (
      url !== null &&
      url.protocol === 'https:' &&
      url.username === '' &&
      url.password === '' &&
      url.hash === ''
    );
  }, 'must be an https address without a user name, password or fragment'),
);
const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #1f6feb'));
const base64Sha256 = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the base64 of a SHA-256 digest (44 characters)'),
);
const base64Url32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url'));
const isoDate = v.pipe(v.string(), v.isoTimestamp());

/** Typed id of the Licensing API: a prefix and 22 characters. */
const typedId = (prefix: string) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^${prefix}_[A-Za-z0-9]{22}$`), `must look like ${prefix}_ and 22 characters`),
  );

const editionSchema = v.strictObject({ id: text(50), name: text(80) });

const productSchema = v.strictObject({
  productId: typedId('prod'),
  name: text(80),
  /** Editions that the user may choose from at activation; without it the server decides. */
  editions: v.optional(v.pipe(v.array(editionSchema), v.maxLength(50))),
});

export const pinSchema = v.strictObject({
  /** SHA-256 of the DER SubjectPublicKeyInfo, base64 (RFC 7469, section 2.4, the same form). */
  sha256: base64Sha256,
  /** After this instant the pin no longer counts. Never set on all pins. */
  notAfter: v.optional(isoDate),
});

/** PEM of one or several certificates. */
export const caSchema = v.pipe(
  v.string(),
  v.maxLength(64 * 1024),
  v.regex(/^\s*-----BEGIN CERTIFICATE-----/, 'must be PEM'),
);

const serverKeySchema = v.strictObject({
  kid: text(64),
  /** `sig`: Ed25519, verifies what the server signed. `enc`: X25519, requests are encrypted to it (RFC 8037). */
  use: v.picklist(['sig', 'enc']),
  crv: v.picklist(['Ed25519', 'X25519']),
  /** Public key, 32 bytes in base64url. */
  x: base64Url32,
});

export const profileSchema = v.pipe(
  v.strictObject({
    profileVersion: v.literal(1),
    environment: v.picklist(['test', 'live']),
    tenantId: typedId('t'),
    vendor: v.strictObject({
      name: text(80),
      website: v.optional(httpsUrl),
      support: v.strictObject({
        email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(254))),
        url: v.optional(httpsUrl),
        phone: v.optional(v.pipe(v.string(), v.regex(/^\+?[0-9 ()/-]{5,30}$/))),
      }),
    }),
    application: v.strictObject({
      /** Name in the title bar and the menus. */
      name: text(60),
      /** Reverse domain name, for the operating system. */
      id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+){1,6}$/i)),
    }),
    products: v.pipe(v.array(productSchema), v.minLength(1), v.maxLength(50)),
    api: v.strictObject({
      url: httpsUrl,
      /** `report` is for vendors whose customers sit behind TLS inspection; it is never weakened from outside. */
      pinning: v.optional(v.picklist(['required', 'report']), 'required'),
      pins: v.pipe(v.array(pinSchema), v.minLength(1), v.maxLength(10)),
      /** PEM of a private CA; without it the public roots count. */
      ca: v.optional(caSchema),
      /**
       * Whether this device shows a client certificate: `enrol` fetches one of the API's with a key of its own, `import`
       * takes one that an administrator brings. One that was imported goes before one that was enrolled.
       */
      clientCertificates: v.optional(v.picklist(['none', 'enrol', 'import']), 'none'),
      /** Where offline users exchange their files. */
      portalUrl: v.optional(httpsUrl),
    }),
    /** Whether a Local License Server may stand in for the address above. */
    localServer: v.optional(v.picklist(['forbidden', 'allowed']), 'forbidden'),
    /** How users activate by signing in instead of with a code. Without it they don't. */
    accounts: v.optional(
      v.pipe(
        v.strictObject({
          /** In the user's browser, at the vendor's identity provider: a public client with PKCE, which has no secret. */
          openId: v.optional(
            v.strictObject({
              /** Exactly as the provider writes it into its tokens (OpenID Connect Discovery, section 4). */
              issuer: httpsUrl,
              clientId: text(200),
              /** Space-separated scopes to ask for beside `openid`. */
              scope: v.optional(v.pipe(text(300), v.regex(/^[\x21\x23-\x5b\x5d-\x7e ]+$/))),
            }),
          ),
          /** By a user name and a password that the Licensing API knows. */
          password: v.optional(v.boolean(), false),
        }),
        v.check(
          ({ openId, password }) => openId !== undefined || password,
          'must offer one way to sign in at least',
        ),
      ),
    ),
    serverKeys: v.pipe(v.array(serverKeySchema), v.maxLength(20)),
    fingerprint: v.strictObject({
      /** Keeps the device digests of one tenant apart from another's; 32 bytes in base64url; not a secret. */
      salt: base64Url32,
      virtualMachines: v.optional(v.picklist(['allowed', 'forbidden']), 'allowed'),
    }),
    support: v.optional(
      v.strictObject({
        /** X25519 key that support bundles can be encrypted to; the vendor keeps its private part. */
        bundleKey: v.optional(v.strictObject({ kid: text(64), x: base64Url32 })),
      }),
    ),
    appearance: v.optional(v.strictObject({ accent: colour, accentDark: v.optional(colour) })),
  }),
  v.check(
    (profile) => profile.api.pins.some((pin) => pin.notAfter === undefined),
    'at least one pin must have no end, or the application locks itself out',
  ),
  v.check(
    (profile) =>
      new Set(profile.products.map((product) => product.productId)).size === profile.products.length,
    'products must have different ids',
  ),
  v.check(
    (profile) => new Set(profile.serverKeys.map((key) => key.kid)).size === profile.serverKeys.length,
    'server keys must have different kids',
  ),
  v.check(
    (profile) => profile.serverKeys.every((key) => (key.use === 'sig') === (key.crv === 'Ed25519')),
    'a sig key is Ed25519 and an enc key is X25519',
  ),
  v.check(
    (profile) => profile.localServer === 'forbidden' || profile.serverKeys.some((key) => key.use === 'sig'),
    'localServer allowed needs a sig key: nothing else tells a server of the vendor from one that a user has made',
  ),
);

export type VendorProfile = v.InferOutput<typeof profileSchema>;
export type ProfileProduct = VendorProfile['products'][number];

/** Names under which secrets usually travel. A public file that has one was filled in by mistake. */
const SECRET_NAME =
  /secret|api[-_]?key|private[-_]?key|password|passphrase|access[-_]?token|bearer|credential/i;
const SECRET_VALUE =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\b[sr]k_(?:live|test)_[A-Za-z0-9]{8,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bxox[abprs]-|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\./;

/**
 * Path of the first thing in the value that looks like an API key, client secret or private key; null if none, and
 * the empty text if it is the value itself. Looks at names and at values, so that a key pasted into a harmless
 * field is found too. Walks a list of its own, so that a file nested without end can't exhaust the stack.
 */
export function findSecret(value: unknown): string | null {
  const left: { readonly path: string; readonly value: unknown; readonly guilty: boolean }[] = [
    { path: '', value, guilty: false },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, value } = next;
    if (next.guilty || (typeof value === 'string' && SECRET_VALUE.test(value))) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, child] of Object.entries(value).toReversed()) {
      // Where the name is the secret, the path must not repeat it.
      const secret = SECRET_VALUE.test(name);
      const childPath = secret ? path : path === '' ? name : `${path}.${name}`;
      // `d` is the private member of every JSON Web Key (RFC 7517, RFC 8037).
      // Yes and no are no secret, whatever the question.
      const named =
        (SECRET_NAME.test(name) && typeof child !== 'boolean') ||
        (name === 'd' && Object.hasOwn(value, 'crv'));
      left.push({ path: childPath, value: child, guilty: secret || named });
    }
  }
  return null;
}

const FIELD_LENGTH = 300;

/** What is wrong with a field, without the value: it may be a secret that no pattern knows. */
function complaintAbout(file: string) {
  return (issue: v.BaseIssue<unknown>): string => {
    if (issue.expected === 'never') return `is not a field of ${file}`;
    if (issue.received === 'undefined') return 'is missing';
    return issue.expected === null ? 'is not valid' : `must be ${issue.expected}`;
  };
}

/**
 * Validates a public file that somebody wrote by hand.
 * @param file what it is, with its article, such as `a profile`
 * @returns its content, or the first thing that is wrong with it: the path of the field and the rule it breaks
 */
export function parsePublicFile<T>(
  schema: v.GenericSchema<unknown, T>,
  input: unknown,
  file: string,
): Result<T, string> {
  const secret = findSecret(input);
  if (secret !== null) return err(`${secret} looks like a secret`.trimStart().slice(0, FIELD_LENGTH));
  const parsed = v.safeParse(schema, input, { abortEarly: true, message: complaintAbout(file) });
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  return err((path === null ? issue.message : `${path}: ${issue.message}`).slice(0, FIELD_LENGTH));
}

/**
 * Validates a parsed vendor profile.
 * @param input the JSON value, of any shape
 * @returns the profile, or `profileInvalid` with the path of the first field that is wrong in `facts.field`
 */
export function parseProfile(input: unknown): Result<VendorProfile> {
  const parsed = parsePublicFile(profileSchema, input, 'a profile');
  return parsed.ok ? parsed : err(failure('profileInvalid', { field: parsed.error }));
}
