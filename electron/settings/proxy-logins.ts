import * as v from 'valibot';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { TypedLogins } from '../api/chosen-network.ts';
import { nameOf, type Proxy, type ProxyLogin } from '../api/network.ts';
import type { Log } from '../ports.ts';
import { secretText } from '../support/secret-schema.ts';
import { PROXY_LOGINS } from '../vault/names.ts';
import { versioned } from '../vault/record-form.ts';
import type { SealableObject, Vault } from '../vault/types.ts';

const text = v.pipe(v.string(), v.maxLength(1000));
/** What the vault keeps of them. Secret. */
const proxyLoginsForm = v.strictObject({
  schema: v.literal(1),
  logins: v.record(v.string(), v.strictObject({ username: text, password: secretText('password', 1000) })),
});
export const proxyLoginsSchema = versioned<v.InferOutput<typeof proxyLoginsForm>>(1, {}, proxyLoginsForm);

/** More networks than anybody works in; the oldest gives way. */
const MOST = 20;

/** Logins at proxies: for this run, and sealed in the vault where the user wants them remembered. */
export interface ProxyLogins extends TypedLogins {
  /** Uses a login from now on, until this process ends. */
  readonly use: (proxy: Proxy, login: ProxyLogin) => void;
  /** Uses it no longer. */
  readonly drop: (proxy: Proxy) => void;
  /** Keeps the one that is in use. Errors: those of the vault */
  readonly remember: (proxy: Proxy) => Promise<Result<null>>;
  /** Forgets all of them, here and in the vault. Errors: those of the vault */
  readonly forget: () => Promise<Result<null>>;
  /** Looks which are kept. */
  readonly load: () => Promise<void>;
  /** Host and port of each proxy that there is a login for, as far as known by now. */
  readonly names: () => readonly string[];
}

/** A login is for the one proxy that it was typed in for: what another host is told is lost. */
const keyOf = (proxy: Proxy): string => `${proxy.scheme}://${nameOf(proxy)}`;

export function createProxyLogins(vault: () => Promise<Result<Vault>>, log: Log): ProxyLogins {
  const used = new Map<string, ProxyLogin>();
  const refused = new Map<string, ProxyLogin>();
  let kept: Readonly<Record<string, ProxyLogin>> | null = null;

  const load = async (): Promise<Readonly<Record<string, ProxyLogin>>> => {
    const opened = await vault();
    const read = opened.ok ? await opened.value.read(PROXY_LOGINS, proxyLoginsSchema) : opened;
    if (!read.ok) log.warn('The logins at proxies could not be read', { code: read.error.code });
    kept = read.ok ? (read.value?.value.logins ?? {}) : {};
    return kept;
  };

  const write = async (
    change: (logins: Readonly<Record<string, ProxyLogin>>) => Readonly<Record<string, ProxyLogin>>,
  ): Promise<Result<null>> => {
    const opened = await vault();
    if (!opened.ok) return opened;
    return opened.value.withLock(async (transaction): Promise<Result<null>> => {
      const read = await transaction.read(PROXY_LOGINS, proxyLoginsSchema);
      // What can't be read is no loss: it is typed in again.
      if (!read.ok && read.error.code !== 'vaultDamaged') return read;
      const before = read.ok ? read.value : null;
      const logins = change(before?.value.logins ?? {});
      const revision = before?.revision ?? 0;
      const written =
        Object.keys(logins).length === 0
          ? await transaction.remove(PROXY_LOGINS, revision)
          : await transaction.write(PROXY_LOGINS, recordOf(logins), revision, { confirmed: true });
      if (!written.ok) return written;
      kept = logins;
      return ok(null);
    });
  };

  const isRefused = (key: string, login: ProxyLogin): boolean => {
    const known = refused.get(key);
    return known !== undefined && known.username === login.username && known.password.isSame(login.password);
  };

  return {
    loginFor: async (proxy) => {
      const key = keyOf(proxy);
      const login = used.get(key) ?? (kept ?? (await load()))[key] ?? null;
      return login === null || isRefused(key, login) ? null : login;
    },
    onLoginRefused: (proxy, login) => {
      refused.set(keyOf(proxy), login);
      log.warn('A proxy did not take the login', { proxy: nameOf(proxy) });
    },
    use: (proxy, login) => {
      refused.delete(keyOf(proxy));
      used.set(keyOf(proxy), login);
    },
    drop: (proxy) => void used.delete(keyOf(proxy)),
    remember: async (proxy) => {
      const key = keyOf(proxy);
      const login = used.get(key);
      if (login === undefined) return err(failure('notAllowedInState'));
      return write((logins) => {
        const others = Object.entries(logins).filter(([other]) => other !== key);
        return Object.fromEntries([...others.slice(1 - MOST), [key, login]]);
      });
    },
    forget: () => {
      used.clear();
      refused.clear();
      return write(() => ({}));
    },
    load: async () => void (await load()),
    names: () => {
      const all = [...used.keys(), ...Object.keys(kept ?? {})].filter((key) => !refused.has(key));
      return [...new Set(all)].map((key) => key.slice(key.indexOf('://') + 3));
    },
  };
}

function recordOf(logins: Readonly<Record<string, ProxyLogin>>): SealableObject {
  const entries = Object.entries(logins).map(
    ([key, { username, password }]) => [key, { username, password }] as const,
  );
  return { schema: 1, logins: Object.fromEntries(entries) };
}
