import type { LicenseFileRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { refuseWith } from '../answer.ts';
import { withBody, type Handler } from '../context.ts';
import { DEFAULT_TTL_SECONDS, makeLicenseFile } from '../offline/license-file.ts';
import { leaseStatus } from '../policy/lease.ts';
import { entitlementRefusal, withSession } from './session.ts';

/** Making a license file changes nothing, so a repeat (also with the same Idempotency-Key) simply makes another. */
export const checkOutLicenseFile: Handler = withBody<LicenseFileRequest | undefined>((context, request) =>
  withSession(context, request, ({ activation, entitlement, now }) => {
    const inactive = entitlementRefusal(entitlement, now);
    if (inactive !== null) return inactive;
    if (leaseStatus(activation.leaseExpiry, now) !== 'active') {
      return refuseWith(409, 'The lease has ended; it has to be refreshed first.');
    }
    const { ttlSeconds = DEFAULT_TTL_SECONDS, encrypt = false } = request.body ?? {};
    // The code's SHA-256 is what the store has of it anyway, and it is the key that the format asks for.
    const hash = context.store.entitlements.codeHash(entitlement.id);
    const encryptionKey = encrypt ? Buffer.from(hash, 'hex') : null;
    const text = makeLicenseFile(context, entitlement, activation, { ttlSeconds, encryptionKey }, now);
    return { status: 200, body: text };
  }),
);
