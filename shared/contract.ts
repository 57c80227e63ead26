import * as v from 'valibot';
import type { Failure } from './errors.ts';
import { failureSchema } from './failure-schema.ts';
import { licenseViewSchema } from './license/schemas.ts';
import { LONGEST_PASSWORD, LONGEST_USERNAME } from './license/username.ts';
import { incomingTokenSchema, TOKEN_TEXT_LIMIT, tokenViewSchema } from './offline.ts';
import { networkViewSchema } from './network-view.ts';
import { proxyChoiceSchema } from './proxy-choice.ts';
import { serverCertificateSchema, serverHealthSchema, serverViewSchema } from './server-view.ts';
import { LANGUAGES, THEMES } from './settings.ts';
import { pageErrorSchema } from './support/page-error.ts';
import { checkResultSchema, reportSchema } from './support/report.ts';

/**
 * The IPC contract: every channel with the schema of its request and of its response. Both ends are generated from
 * it (electron/preload.ts and electron/platform/ipc.ts) and both validate, so that neither trusts the other's types.
 *
 * The verbs are the domain's. There is no generic invoke, storage, encrypt or decrypt, and no path or address
 * crosses the border: a page that was taken over can do no more than its buttons.
 */

const productId = v.pipe(v.string(), v.regex(/^prod_[A-Za-z0-9]{22}$/));

const settingsSchema = v.strictObject({
  language: v.picklist(['system', ...LANGUAGES]),
  theme: v.picklist(THEMES),
  proxy: proxyChoiceSchema,
});

/** What a window shows around the licenses. */
const applicationSchema = v.strictObject({
  name: v.string(),
  version: v.string(),
  vendorName: v.string(),
  environment: v.picklist(['test', 'live']),
  accent: v.nullable(v.string()),
  accentDark: v.nullable(v.string()),
  /** Which of the named links exist in the vendor profile. */
  links: v.pipe(v.array(v.picklist(['website', 'supportPage', 'supportEmail', 'portal'])), v.readonly()),
  supportEmail: v.nullable(v.string()),
  supportPhone: v.nullable(v.string()),
  /** Where offline users exchange their files. */
  portalUrl: v.nullable(v.string()),
  /** Host and port of the Licensing API, for the administrator who has to allow it. */
  apiHost: v.string(),
  /** How users can sign in, and the sign-in that waits for their browser; null = not at all. */
  accounts: v.nullable(
    v.strictObject({
      openId: v.boolean(),
      password: v.boolean(),
      waiting: v.nullable(v.strictObject({ productId, address: v.pipe(v.string(), v.maxLength(8192)) })),
    }),
  ),
  /** The license server that new activations are taken from. */
  server: serverViewSchema,
  /** BCP 47 tag of the language in force. */
  locale: v.string(),
  settings: settingsSchema,
  network: networkViewSchema,
});

/** The whole truth of the main process at one instant; the renderer's store is a projection of it. */
export const snapshotSchema = v.strictObject({
  /** Grows with every change; an event with a smaller one is old and is dropped. */
  sequence: v.number(),
  /** Trusted time at which the states were derived, epoch milliseconds. */
  now: v.number(),
  application: applicationSchema,
  licenses: v.pipe(v.array(licenseViewSchema), v.readonly()),
});

/** A link from outside (`latchkey://activate?...`): it fills the form in and never acts by itself. */
const deepLinkSchema = v.strictObject({
  productId: v.nullable(productId),
  code: v.nullable(v.pipe(v.string(), v.maxLength(64))),
});

const tokenText = v.pipe(v.string(), v.maxLength(TOKEN_TEXT_LIMIT));

/** A file that was opened from outside: its text, or why it could not be read. Nothing is done with it unasked. */
const openedFileSchema = v.strictObject({
  text: v.nullable(tokenText),
  error: v.nullable(failureSchema),
});

const none = v.strictObject({});
const forProduct = v.strictObject({ productId });
const forToken = v.strictObject({ productId, id: v.pipe(v.string(), v.maxLength(64)) });
/** Elements of a pool that this device takes or puts back; uses are tracked by the installed software, not by a page. */
const forFeature = v.strictObject({
  productId,
  kind: v.picklist(['checkout', 'return']),
  key: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
const seat = {
  productId,
  seatName: v.optional(v.pipe(v.string(), v.maxLength(50))),
  editionId: v.optional(v.pipe(v.string(), v.maxLength(50))),
};
const forSeat = v.strictObject({ ...seat, code: v.pipe(v.string(), v.maxLength(64)) });
/** Goes to the server, and never comes back. */
const forPassword = v.strictObject({
  ...seat,
  username: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_USERNAME)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_PASSWORD)),
});

/** A support bundle before it is saved: each file in full, so that nobody sends what they have not seen. */
const bundlePreviewSchema = v.strictObject({
  id: v.string(),
  files: v.pipe(
    v.array(v.strictObject({ name: v.string(), bytes: v.number(), text: v.string() })),
    v.readonly(),
  ),
  canEncrypt: v.boolean(),
});

const certificateText = v.pipe(v.string(), v.maxLength(64 * 1024));
/**
 * The one address that comes from a page. Only where the vendor allows it, and what its server says counts only as far as
 * the vendor has signed it: a page that was taken over could make the next activation fail, and learn its code.
 */
const forServer = v.variant('kind', [
  v.strictObject({ kind: v.literal('cloud') }),
  v.strictObject({
    kind: v.literal('local'),
    url: v.pipe(v.string(), v.maxLength(2048)),
    ca: v.optional(certificateText),
    pins: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(10)),
  }),
]);

export const CHANNELS = {
  'app.snapshot': { request: none, response: snapshotSchema },
  'app.takeDeepLink': { request: none, response: v.nullable(deepLinkSchema) },
  'app.takeOpenedFile': { request: none, response: v.nullable(openedFileSchema) },
  'license.activate': { request: forSeat, response: licenseViewSchema },
  'license.activateWithPassword': { request: forPassword, response: licenseViewSchema },
  /** Answered when the browser has come back and the seat is taken, or when either came to nothing. */
  'license.signIn': { request: v.strictObject(seat), response: licenseViewSchema },
  'license.cancelSignIn': { request: none, response: none },
  'license.refresh': { request: forProduct, response: licenseViewSchema },
  'license.pullState': { request: forProduct, response: licenseViewSchema },
  'license.deactivate': { request: forProduct, response: licenseViewSchema },
  'license.changeFeature': { request: forFeature, response: licenseViewSchema },
  'offline.makeRequest': { request: forSeat, response: tokenViewSchema },
  'offline.discardRequest': { request: forToken, response: licenseViewSchema },
  'offline.token': { request: forToken, response: tokenViewSchema },
  /** Asks for a place by the system's dialog; only the file's name comes back. */
  'offline.saveToken': { request: forToken, response: v.strictObject({ name: v.string() }) },
  'offline.recognise': { request: v.strictObject({ text: tokenText }), response: incomingTokenSchema },
  'offline.importToken': { request: v.strictObject({ text: tokenText }), response: licenseViewSchema },
  'offline.deactivate': { request: forProduct, response: tokenViewSchema },
  'offline.clearReceipt': { request: forToken, response: licenseViewSchema },
  /** What is in a certificate file that somebody has chosen; nothing is trusted by it. */
  'server.inspectCertificate': {
    request: v.strictObject({ text: certificateText }),
    response: v.strictObject({ certificates: v.pipe(v.array(serverCertificateSchema), v.readonly()) }),
  },
  'server.use': { request: forServer, response: serverViewSchema },
  'server.check': { request: none, response: serverHealthSchema },
  'settings.change': { request: v.partial(settingsSchema), response: settingsSchema },
  /** Finds out why licenses are not active; each check is told by the event `diagnosis`. One at a time: a new one ends it. */
  'support.diagnose': { request: none, response: reportSchema },
  'support.cancelDiagnosis': { request: none, response: none },
  /** Puts a support bundle together and gives everything that is in it; nothing is written yet. */
  'support.previewBundle': { request: none, response: bundlePreviewSchema },
  /** Saves the bundle that was shown, by the system's dialog; only the file's name comes back. */
  'support.saveBundle': {
    request: v.strictObject({ id: v.pipe(v.string(), v.maxLength(64)), encrypt: v.boolean() }),
    response: v.strictObject({ name: v.string() }),
  },
  /** Has a report kept of an error in the page. */
  'support.notePageError': { request: pageErrorSchema, response: none },
  /** When the window was closed by a crash that the user has not been told of; null = it was not. */
  'support.takeCrash': { request: none, response: v.nullable(v.strictObject({ at: v.number() })) },
  /** A login at a proxy that asked for one. It is in no answer and no event. */
  'proxy.signIn': {
    request: v.strictObject({
      /** Host and port, as the reason names it; null = the first on the way. */
      proxy: v.nullable(v.pipe(v.string(), v.maxLength(300))),
      username: v.pipe(v.string(), v.nonEmpty(), v.maxLength(256)),
      password: v.pipe(v.string(), v.maxLength(256)),
      remember: v.boolean(),
    }),
    response: v.strictObject({ proxy: v.string() }),
  },
  'proxy.forget': { request: none, response: none },
  'links.open': {
    request: v.strictObject({ link: v.picklist(['website', 'supportPage', 'supportEmail', 'portal']) }),
    response: none,
  },
} as const;

export type Channel = keyof typeof CHANNELS;
export type RequestOf<C extends Channel> = v.InferInput<(typeof CHANNELS)[C]['request']>;
export type ResponseOf<C extends Channel> = v.InferOutput<(typeof CHANNELS)[C]['response']>;

/** Events from the main process to every window. */
export const EVENTS = {
  snapshot: snapshotSchema,
  deepLink: deepLinkSchema,
  openedFile: openedFileSchema,
  diagnosis: checkResultSchema,
} as const;

export type EventName = keyof typeof EVENTS;
export type EventOf<E extends EventName> = v.InferOutput<(typeof EVENTS)[E]>;

export type Snapshot = v.InferOutput<typeof snapshotSchema>;
export type ApplicationView = v.InferOutput<typeof applicationSchema>;
export type DeepLink = v.InferOutput<typeof deepLinkSchema>;
export type BundlePreview = v.InferOutput<typeof bundlePreviewSchema>;
export type OpenedFile = v.InferOutput<typeof openedFileSchema>;

/** Caps of section 8 of the design: bytes of a request as JSON, and how long a handler may take. */
export const LIMITS = { requestBytes: 128 * 1024, handlerMilliseconds: 120_000 } as const;

/** How long the handler of a channel may take: who signs in in a browser has minutes for it. */
export function patienceFor(channel: Channel): number {
  return channel === 'license.signIn' ? 8 * 60_000 : LIMITS.handlerMilliseconds;
}

type Verb<C extends Channel> = (
  ...request: Record<string, never> extends RequestOf<C> ? [request?: RequestOf<C>] : [request: RequestOf<C>]
) => Promise<BridgeResult<ResponseOf<C>>>;

export type BridgeResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

type GroupOf<C> = C extends `${infer Group}.${string}` ? Group : never;
type NameOf<C, Group extends string> = C extends `${Group}.${infer Name}` ? Name : never;

/** `window.latchkey`: one function per channel, `license.refresh` at `latchkey.license.refresh`, and `on`. */
export type Bridge = {
  readonly [Group in GroupOf<Channel>]: {
    readonly [Name in NameOf<Channel, Group>]: `${Group}.${Name}` extends infer C extends Channel
      ? Verb<C>
      : never;
  };
} & {
  /** Listens for an event; the returned function ends it. */
  readonly on: <E extends EventName>(event: E, listener: (payload: EventOf<E>) => void) => () => void;
};
