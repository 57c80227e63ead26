import { refuse, type Answer } from './answer.ts';
import type { ApiRequest, Context } from './context.ts';
import type { StoredActivation } from './store/activations.ts';
import type { IssuedCertificate } from './store/certificates.ts';
import { fingerprintOf, isSignedAndInForce } from './tls/client-certificates.ts';

/**
 * Who is at the other end of the connection. TLS has proved that the caller holds the key of the certificate (it is
 * asked for, but a handshake without one, or with a wrong one, goes on: activate and enrolment need none, and a caller
 * who is refused has to be able to read why). Whether it is a good one is decided here, for every call: it is signed by
 * this environment's own CA, in force by the server's clock, one that this server has issued for this very activation,
 * and not revoked. So nothing depends on the state of a connection that was opened long ago.
 */

export const CERTIFICATE_REQUIRED = refuse(
  'clientCertificateRequired',
  'This call needs the client certificate of the activation.',
);

/** The good certificate of this activation that the caller shows; null = none. */
export function shownCertificate(
  context: Context,
  activation: StoredActivation,
  request: ApiRequest,
): IssuedCertificate | null {
  const { certificate } = request;
  const authority = context.keys.clientAuthority.certificate;
  if (certificate === null || !isSignedAndInForce(certificate, authority, context.now())) return null;
  const issued = context.store.certificates.byFingerprint(fingerprintOf(certificate));
  return issued?.activationId === activation.id && issued.revoked === null ? issued : null;
}

/** Whether the caller shows a certificate of an authority that the vendor trusts beside its own: a company's, for its devices. */
function isAdministrators(context: Context, { certificate }: ApiRequest): boolean {
  const { authorities } = context.clientCertificates;
  return (
    certificate !== null && authorities.some((one) => isSignedAndInForce(certificate, one, context.now()))
  );
}

/** Why a call of an activation is refused for its certificate; null = it may go on. Runs within a transaction. */
export function certificateRefusal(
  context: Context,
  activation: StoredActivation,
  request: ApiRequest,
): Answer | null {
  if (!context.clientCertificates.required || isAdministrators(context, request)) return null;
  const shown = shownCertificate(context, activation, request);
  if (shown === null) return CERTIFICATE_REQUIRED;
  // The device has taken the new one over, so the earlier ones are of no use but to a thief.
  context.store.certificates.revokeOlder(activation.id, context.now(), shown);
  return null;
}
