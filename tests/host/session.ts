import { EventEmitter } from 'node:events';
import { runInNewContext } from 'node:vm';
import type {
  CustomScheme,
  OnBeforeRequestListenerDetails,
  Protocol,
  ProxyConfig,
  Session,
  WebRequest,
} from 'electron';
import { OPTIONS } from './options.ts';
import { strict } from './strict.ts';

type RequestFilter = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: { cancel?: boolean }) => void,
) => void;
type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Keeps what the application decided about requests and permissions; Chromium's routes and settings ask it. */
export class HostSession extends EventEmitter {
  readonly partition: string;
  readonly partitionOptions: object;
  filter: RequestFilter | null = null;
  readonly schemes = new Map<string, SchemeHandler>();
  checkPermission: Parameters<Session['setPermissionCheckHandler']>[0] = null;
  requestPermission: Parameters<Session['setPermissionRequestHandler']>[0] = null;
  checkDevice: Parameters<Session['setDevicePermissionHandler']>[0] = null;
  requestDisplay: Parameters<Session['setDisplayMediaRequestHandler']>[0] = null;
  spellChecker = true;
  pacScript: string | null = null;

  constructor(partition: string, partitionOptions: object) {
    super();
    this.partition = partition;
    this.partitionOptions = partitionOptions;
  }

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: SchemeHandler) => void this.schemes.set(scheme, handler),
  }) satisfies Pick<Protocol, 'handle'>;

  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (filter: RequestFilter | null) => {
      this.filter = filter;
    },
  }) satisfies { onBeforeRequest: (filter: Parameters<WebRequest['onBeforeRequest']>[0] & null) => void };

  setPermissionCheckHandler(handler: HostSession['checkPermission']): void {
    this.checkPermission = handler;
  }

  setPermissionRequestHandler(handler: HostSession['requestPermission']): void {
    this.requestPermission = handler;
  }

  setDevicePermissionHandler(handler: HostSession['checkDevice']): void {
    this.checkDevice = handler;
  }

  setDisplayMediaRequestHandler(handler: HostSession['requestDisplay']): void {
    this.requestDisplay = handler;
  }

  /** A PAC script is the one way of a session that the application chooses itself. */
  setProxy({ mode, pacScript }: ProxyConfig): Promise<void> {
    if (mode !== 'pac_script' || pacScript === undefined)
      throw new Error(`The Chromium host does not know the proxy mode ${mode}`);
    this.pacScript = pacScript;
    return Promise.resolve();
  }

  /** What the application's PAC script says, else what the environment says in the place of the system. */
  async resolveProxy(url: string): Promise<string> {
    if (this.pacScript === null) return OPTIONS.proxy;
    const script = await (await fetch(this.pacScript)).text();
    const question = `FindProxyForURL(${JSON.stringify(url)}, ${JSON.stringify(new URL(url).hostname)})`;
    return String(runInNewContext(`${script};${question}`, {}, { timeout: 1000 }));
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }

  /** Whether the application's filter lets an address be loaded. Without a filter everything is. */
  async allows(
    details: Pick<OnBeforeRequestListenerDetails, 'url' | 'method' | 'resourceType'>,
  ): Promise<boolean> {
    const { filter } = this;
    if (filter === null) return true;
    const whole = { id: 0, referrer: '', timestamp: Date.now(), uploadData: [], ...details };
    return new Promise((resolve) => filter(whole, ({ cancel }) => resolve(cancel !== true)));
  }

  /** What the application serves at an address; null if it has no handler for the scheme. */
  async serve(method: string, url: string): Promise<Response | null> {
    const handler = this.schemes.get(url.slice(0, url.indexOf(':')));
    return handler === undefined ? null : handler(requestOf(method, url));
  }
}

/** A request with its address letter by letter: Node's own would resolve dots that Electron hands on. */
function requestOf(method: string, url: string): Request {
  return new Proxy(new Request('https://host.invalid/', { method: 'GET' }), {
    get: (target, property) => {
      if (property === 'url') return url;
      if (property === 'method') return method;
      return Reflect.get(target, property, target) as unknown;
    },
  });
}

const sessions = new Map<string, HostSession>();

/** What the application imports as `session`. */
export const session = strict('session', {
  fromPartition: (partition: string, options: object = {}): Session => {
    const known = sessions.get(partition) ?? new HostSession(partition, options);
    sessions.set(partition, known);
    return strict('Session', known) as unknown as Session;
  },
});

/** The host's side of a session that the application holds. */
export function hostSessionOf(given: Session | undefined): HostSession {
  const partition = (given as unknown as HostSession | undefined)?.partition;
  const known = partition === undefined ? undefined : sessions.get(partition);
  if (known === undefined)
    throw new Error('The Chromium host needs a session of fromPartition in webPreferences');
  return known;
}

export const privilegedSchemes: CustomScheme[] = [];

/** What the application imports as `protocol`. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => void privilegedSchemes.push(...schemes),
}) satisfies Pick<Protocol, 'registerSchemesAsPrivileged'>;
