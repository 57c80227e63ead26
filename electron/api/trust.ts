import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { ClientIdentity } from './client-identity.ts';

const TLS_FLOOR = 'TLSv1.2';

/**
 * Whom certificates are judged by, made at first use: reading the operating system's roots can take a while.
 *
 * The system's trust store counts where it can be read, so that what an administrator has added or taken away holds;
 * else the public roots that come with the program. A private CA and what an administrator adds count beside them.
 */
export function createTrust(options: {
  /** PEM of a private CA. */
  readonly ca?: string | undefined;
  readonly systemRoots: () => readonly string[];
  /** PEM of further roots, which an administrator may change while the program runs. */
  readonly moreRoots?: (() => readonly string[]) | undefined;
  /** What is shown to a peer that asks for a certificate; nothing without it. */
  readonly identity?: ClientIdentity | undefined;
}): () => SecureContext {
  const { ca, systemRoots, moreRoots = () => [] } = options;
  const make = (more: readonly string[]) => {
    const system = systemRoots();
    const own = [...(ca === undefined ? [] : [ca]), ...more];
    try {
      return contextOf([...own, ...(system.length > 0 ? system : rootCertificates)], options.identity);
    } catch {
      // One broken certificate in the system's store must not cut everybody off.
      return contextOf([...own, ...rootCertificates], options.identity);
    }
  };
  let made: { readonly more: string; readonly context: SecureContext } | null = null;
  return () => {
    const more = moreRoots();
    const key = more.join('\n');
    if (made?.more !== key) made = { more: key, context: make(more) };
    return made.context;
  };
}

function contextOf(ca: readonly string[], identity: ClientIdentity | undefined): SecureContext {
  const shown = identity === undefined ? {} : { key: identity.key, cert: identity.chain };
  return createSecureContext({ ca: [...ca], minVersion: TLS_FLOOR, ...shown });
}
