import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { isIP } from 'node:net';
import { failure, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import type { Instant } from '../../shared/license/types.ts';
import { chainDigests, describeCertificate } from './certificates.ts';
import { ConnectFailure, failureOfError } from './connect-failure.ts';
import { matchingPin, type Pin } from './pin-policy.ts';

/** Who a connection was made to. */
export interface AcceptedPeer {
  /** False where `report` let a chain without a pinned key through: somebody may read along. */
  readonly isPinned: boolean;
  /** Name of whoever issued its certificate. */
  readonly issuer: string | undefined;
  /** Base64 SHA-256 of the pinned key that it showed. */
  readonly matchedPin: string | null;
  /** Such as `TLSv1.3`. */
  readonly protocol: string | null;
  /** Validity of its certificate. */
  readonly validFrom: Instant | undefined;
  readonly validUntil: Instant | undefined;
}

export interface Identity {
  /** Name or address that the certificate has to be for. */
  readonly host: string;
  readonly pins: readonly Pin[];
  readonly pinning: 'required' | 'report';
  readonly now: Instant;
  readonly trust: tls.SecureContext;
  readonly onAccepted: (peer: AcceptedPeer) => void;
}

/**
 * Protects a connection and hands it out only after the chain, the host name and a pin were verified. Threat: an
 * attacker with a certificate of a trusted CA must not even learn what would have been asked.
 *
 * A resumed session skips `checkServerIdentity`, and with it the pins: no session is kept, and one that is resumed all
 * the same is refused.
 * @throws ConnectFailure with the issuer of a certificate that was refused
 */
export function verifiedSocket(raw: Duplex, identity: Identity, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const { host } = identity;
    if (signal.aborted) {
      raw.destroy();
      reject(new ConnectFailure('cancelled'));
      return;
    }
    const judge = (certificate: tls.PeerCertificate): Error | undefined =>
      tls.checkServerIdentity(host, certificate) ?? pinProblem(identity, certificate);
    const socket = tls.connect({
      socket: raw,
      // An address is not a server name (RFC 6066, section 3).
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: identity.trust,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
      checkServerIdentity: (_, certificate) => judge(certificate),
    });
    const stop = () => socket.destroy(new ConnectFailure('cancelled'));
    signal.addEventListener('abort', stop, { once: true });
    let shown: ReturnType<typeof describeCertificate> = {};
    // Node verifies on this same event and then forgets the certificate; look before it does. Not with
    // getPeerX509Certificate: after it Node 24 finds no certificate to verify.
    socket.prependOnceListener('secure', () => (shown = describeCertificate(socket.getPeerCertificate())));
    const refuse = (error: unknown) => {
      signal.removeEventListener('abort', stop);
      socket.on('error', () => undefined);
      socket.destroy();
      raw.destroy();
      const { code, facts } = withCertificate(failureOfError(error, false), shown);
      reject(new ConnectFailure(code, facts, error));
    };
    const hungUp = () => refuse(Object.assign(new Error('hung up'), { code: 'ECONNRESET' }));
    socket.once('error', refuse);
    socket.once('close', hungUp);
    socket.once('secureConnect', () => {
      socket.removeListener('error', refuse);
      socket.removeListener('close', hungUp);
      const problem = socket.isSessionReused() ? pinMismatch() : judge(socket.getPeerCertificate(true));
      if (!socket.authorized || problem !== undefined) {
        refuse(problem ?? pinMismatch());
        return;
      }
      signal.removeEventListener('abort', stop);
      // HTTP lets go of a socket whose protocol is switched; an error that nobody hears would end the process.
      socket.on('error', () => undefined);
      const matchedPin = shownPin(identity, socket.getPeerCertificate(true));
      identity.onAccepted({
        isPinned: matchedPin !== null,
        issuer: shown.issuer,
        matchedPin,
        protocol: socket.getProtocol(),
        validFrom: shown.notBefore,
        validUntil: shown.notAfter,
      });
      resolve(socket);
    });
  });
}

function pinProblem(identity: Identity, leaf: tls.PeerCertificate): Error | undefined {
  return identity.pinning === 'report' || shownPin(identity, leaf) !== null ? undefined : pinMismatch();
}

function shownPin({ pins, now }: Identity, leaf: tls.PeerCertificate): string | null {
  return matchingPin(chainDigests(leaf), pins, now);
}

function pinMismatch(): ConnectFailure {
  return new ConnectFailure('pinMismatch');
}

/** Who inspects a connection is named by the issuer; a clock that is wrong shows in the end of a certificate. */
function withCertificate({ code, facts }: Failure, shown: ReturnType<typeof describeCertificate>): Failure {
  const isAboutIt = code.startsWith('certificate') || code === 'pinMismatch';
  const more: Facts = {
    ...(isAboutIt && shown.issuer !== undefined ? { issuer: shown.issuer } : {}),
    ...(code === 'certificateExpired' && shown.notAfter !== undefined ? { at: shown.notAfter } : {}),
  };
  return failure(code, { ...facts, ...more });
}
