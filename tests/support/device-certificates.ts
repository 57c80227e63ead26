import { createPrivateKey } from 'node:crypto';
import { deviceKey } from '../integration/licensing-api/device-identity.ts';
import { makeAuthority, type Pem } from '../licensing-api/tls/certificates.ts';
import { issueClientCertificate } from '../licensing-api/tls/client-certificates.ts';

/** Certificates of devices as a company's administrator has them made. */

const DAY = 24 * 60 * 60_000;

export interface DeviceCertificate {
  /** PKCS #8 PEM. */
  readonly key: string;
  /** PEM: the certificate, then the CA. */
  readonly chain: readonly [leaf: string, authority: string];
}

export const companyAuthority = (): Promise<Pem> => makeAuthority('Company device CA', new Date());

/** @param days from now until its end; begins a little before now, or as long before its end */
export async function companyCertificate(authority: Pem, days = 30): Promise<DeviceCertificate> {
  const { key, csr } = await deviceKey();
  const now = days > 0 ? Date.now() : Date.now() + (days - 1) * DAY;
  const issued = await issueClientCertificate(
    authority,
    csr,
    { tenantId: 'Company', activationId: 'device-7' },
    { now, lifeMs: days > 0 ? days * DAY : DAY },
  );
  if (issued === null) throw new Error('the request is not good');
  const [leaf = '', ca = ''] = issued.chain.split(/(?<=-----END CERTIFICATE-----\n)/);
  return { key, chain: [leaf, ca] };
}

/** The key as encrypted PKCS #8. */
export const encryptedKey = (key: string, passphrase: string): string =>
  createPrivateKey(key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();
