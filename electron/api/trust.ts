import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

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
}): () => SecureContext {
  const { ca, systemRoots, moreRoots = () => [] } = options;
  const make = (more: readonly string[]) => {
    const system = systemRoots();
    const own = [...(ca === undefined ? [] : [ca]), ...more];
    try {
      return contextOf([...own, ...(system.length > 0 ? system : rootCertificates)]);
    } catch {
      // One broken certificate in the system's store must not cut everybody off.
      return contextOf([...own, ...rootCertificates]);
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

function contextOf(ca: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...ca], minVersion: TLS_FLOOR });
}
