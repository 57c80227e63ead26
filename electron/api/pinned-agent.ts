import { createHash, X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import tls from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Clock } from '../ports.ts';
import { PIN_MISMATCH } from './error-policy.ts';
import { chainIsPinned, type Pin } from './pin-policy.ts';

export interface PinnedAgentOptions {
  readonly pins: readonly Pin[];
  readonly pinning: 'required' | 'report';
  /** PEM of a private CA; without it the public roots count. */
  readonly ca?: string | undefined;
  readonly clock: Clock;
  /** Told when `report` let a chain without a pinned key through. */
  readonly onPinMismatch: () => void;
}

/** A failed handshake with what may be said about the certificate that was shown. */
export class HandshakeError extends Error {
  readonly code: string | undefined;
  readonly issuer: string | undefined;
  readonly notAfter: number | undefined;

  constructor(cause: NodeJS.ErrnoException, shown: X509Certificate | undefined) {
    super('TLS handshake failed', { cause });
    this.code = cause.code;
    this.issuer = shown === undefined ? undefined : issuerName(shown);
    this.notAfter = shown === undefined ? undefined : Date.parse(shown.validTo);
  }
}

/**
 * An agent that hands a connection to HTTP only after the chain, the host name and a pin were verified. Threat: an
 * attacker with a certificate of a trusted CA must not even learn what would have been asked, so the socket is kept
 * back until `secureConnect` instead of letting HTTP queue the request on it.
 *
 * No session is kept: a resumed session skips `checkServerIdentity`, and with it the pins.
 */
export class PinnedAgent extends Agent {
  readonly #options: PinnedAgentOptions;

  constructor(options: PinnedAgentOptions) {
    super({ keepAlive: false, maxCachedSessions: 0 });
    this.#options = options;
  }

  override createConnection(
    request: { host?: string | null; port?: number | string | null; servername?: string },
    done?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const host = request.host ?? 'localhost';
    const name = request.servername === undefined || request.servername === '' ? host : request.servername;
    const verify = (host_: string, certificate: tls.PeerCertificate) =>
      tls.checkServerIdentity(host_, certificate) ?? this.#checkPins(certificate);
    const socket = tls.connect({
      host,
      port: Number(request.port ?? 443),
      // An address is not a server name (RFC 6066, section 3).
      ...(isAddress(name) ? {} : { servername: name }),
      ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
      checkServerIdentity: (_name, certificate) => verify(name, certificate),
    });
    let shown: X509Certificate | undefined;
    // Node verifies on this same event and then forgets the certificate; look before it does. Not with
    // getPeerX509Certificate: after it Node 24 finds no certificate to verify.
    socket.prependOnceListener('secure', () => (shown = asX509(socket.getPeerCertificate())));
    const failed = (error: NodeJS.ErrnoException) => done?.(new HandshakeError(error, shown), socket);
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      socket.removeListener('error', failed);
      const again = verify(name, socket.getPeerCertificate(true));
      if (!socket.authorized || again !== undefined) {
        socket.destroy();
        done?.(new HandshakeError(again ?? pinMismatch(), shown), socket);
      } else done?.(null, socket);
    });
    return undefined;
  }

  #checkPins(leaf: tls.PeerCertificate): Error | undefined {
    const { pins, pinning, clock, onPinMismatch } = this.#options;
    if (chainIsPinned(chainDigests(leaf), pins, clock.now())) return undefined;
    if (pinning === 'required') return pinMismatch();
    onPinMismatch();
    return undefined;
  }
}

function pinMismatch(): NodeJS.ErrnoException {
  return Object.assign(new Error('no pinned key was shown'), { code: PIN_MISMATCH });
}

/**
 * SPKI digests of the chain, leaf first. Node links what the peer sent by names alone, and a peer may append any
 * certificate, a pinned one included; so a link counts only if the child's signature proves it.
 */
function chainDigests(leaf: tls.PeerCertificate): readonly string[] {
  const digests: string[] = [];
  let child: X509Certificate | null = null;
  let next: tls.PeerCertificate | undefined = leaf;
  while (next?.raw !== undefined) {
    const certificate: X509Certificate = new X509Certificate(next.raw);
    if (
      child !== null &&
      (certificate.fingerprint256 === child.fingerprint256 || !child.verify(certificate.publicKey))
    )
      break;
    digests.push(spkiDigest(certificate));
    child = certificate;
    next = 'issuerCertificate' in next ? (next.issuerCertificate as tls.PeerCertificate) : undefined;
  }
  return digests;
}

/** Base64 SHA-256 of the DER SubjectPublicKeyInfo of a certificate (RFC 7469, section 2.4). */
export function spkiDigest(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

function asX509({ raw }: Partial<tls.PeerCertificate>): X509Certificate | undefined {
  return raw === undefined ? undefined : new X509Certificate(raw);
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

/** Common name, else organisation, of the issuer; control characters out, since it is shown. */
function issuerName(certificate: X509Certificate): string | undefined {
  const lines = certificate.issuer.split('\n');
  const field = ['CN=', 'O='].flatMap((prefix) => lines.filter((line) => line.startsWith(prefix)))[0];
  const name = field
    ?.slice(field.indexOf('=') + 1)
    .replaceAll(/\p{C}/gu, '')
    .slice(0, 100);
  return name === '' ? undefined : name;
}
