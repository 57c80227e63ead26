import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

const TLS_FLOOR = 'TLSv1.2';

/**
 * Whom certificates are judged by, made at first use: reading the operating system's roots can take a while.
 *
 * The system's trust store counts where it can be read, so that what an administrator has added or taken away holds;
 * else the public roots that come with the program. A private CA counts beside them.
 */
export function createTrust(options: {
  /** PEM of a private CA. */
  readonly ca?: string | undefined;
  readonly systemRoots: () => readonly string[];
}): () => SecureContext {
  const make = () => {
    const system = options.systemRoots();
    const own = options.ca === undefined ? [] : [options.ca];
    try {
      return contextOf([...own, ...(system.length > 0 ? system : rootCertificates)]);
    } catch {
      // One broken certificate in the system's store must not cut everybody off.
      return contextOf([...own, ...rootCertificates]);
    }
  };
  let made: SecureContext | null = null;
  return () => (made ??= make());
}

function contextOf(ca: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...ca], minVersion: TLS_FLOOR });
}
