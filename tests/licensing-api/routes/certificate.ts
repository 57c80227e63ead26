import type { CertificateRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { invalidField, type Answer } from '../answer.ts';
import { CERTIFICATE_REQUIRED, shownCertificate } from '../client-certificate.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import type { StoredActivation } from '../store/activations.ts';
import { issueClientCertificate } from '../tls/client-certificates.ts';
import { withSession } from './session.ts';

/**
 * Who may fetch a certificate without showing one: a device whose activation has none that is good (the first, or all
 * have run out), and one that has activated since the last was fetched (it has shown its credentials and may have lost
 * its key, or the answer with the certificate). Else a stolen token would be enough to put the device out.
 */
function enrolmentRefusal(
  context: Context,
  activation: StoredActivation,
  request: ApiRequest,
): Answer | null {
  const { certificates } = context.store;
  const isOpen =
    certificates.isEnrolmentOpen(activation.id) ||
    certificates.good(activation.id, context.now()).length === 0;
  return isOpen || shownCertificate(context, activation, request) !== null ? null : CERTIFICATE_REQUIRED;
}

export const issueCertificate: Handler = withBody<CertificateRequest>(async (context, request) => {
  const { keys, store, tenantId } = context;
  const activationId = request.access?.activationId ?? '';
  // Signed before the transaction, which has no pause inside; worth nothing until it is written down there.
  const issued = await issueClientCertificate(
    keys.clientAuthority,
    request.body.csr,
    { tenantId, activationId },
    { now: context.now(), lifeMs: context.clientCertificates.lifeMs },
  );
  return withSession(
    context,
    request,
    ({ activation, now }) => {
      if (issued === null) {
        return invalidField('csr', 'is not a request for a P-256 key, signed with it', 'csr');
      }
      const { fingerprint, notAfter } = issued;
      const isRenewal = shownCertificate(context, activation, request) !== null;
      store.certificates.add({ fingerprint, activationId: activation.id, issued: now, notAfter });
      store.certificates.setEnrolmentOpen(activation.id, false);
      const added = store.certificates.byFingerprint(fingerprint);
      // A renewal leaves the old one good until the new one is used: the answer can get lost.
      if (!isRenewal && added !== null) store.certificates.revokeOlder(activation.id, now, added);
      return {
        status: 201,
        body: issued.chain,
        headers: { 'Content-Type': 'application/pem-certificate-chain' },
      };
    },
    { gate: enrolmentRefusal },
  );
});
