import {
  makeAuthority,
  makeKeyPem,
  makeServerCertificate,
  pinOf,
  type Pem,
} from '../../licensing-api/tls/certificates.ts';

const DAY = 24 * 60 * 60_000;

type Names = Parameters<typeof makeServerCertificate>[0]['names'];

/** Every name that a server of this machine may be called by. */
const LOCAL: Names = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
];

/** What differs from the certificate that everything is right about. */
export interface CertificateOptions {
  readonly authority?: Pem;
  readonly key?: string;
  readonly names?: Names;
  /** Days from today. */
  readonly from?: number;
  readonly until?: number;
  /** PEM that is shown behind the certificate and its CA. */
  readonly appended?: string;
}

/** Keys and authorities of one run, made when it begins. */
export interface Pki {
  readonly authority: Pem;
  /** Another CA that calls itself the same. */
  readonly namesake: Pem;
  /** The CA of a company that inspects connections. */
  readonly inspection: Pem;
  /** The pinned key, its backup, and one that is not pinned. */
  readonly key: string;
  readonly backupKey: string;
  readonly otherKey: string;
  readonly pin: string;
  readonly backupPin: string;
  readonly authorityPin: string;
  /** A key with a certificate, right in everything that `options` doesn't change. */
  readonly certify: (options?: CertificateOptions) => Promise<Pem>;
  /** A certificate that its own key has signed. */
  readonly selfSigned: (key: string) => Promise<Pem>;
}

export const AUTHORITY_NAME = 'Orbit licensing CA';
export const INSPECTION_NAME = 'Harbour Works Inspection';

export async function makePki(): Promise<Pki> {
  const now = new Date();
  const day = (offset: number) => new Date(now.getTime() + offset * DAY);
  const [authority, namesake, inspection, key, backupKey, otherKey] = await Promise.all([
    makeAuthority(AUTHORITY_NAME, now),
    makeAuthority(AUTHORITY_NAME, now),
    makeAuthority(INSPECTION_NAME, now),
    makeKeyPem(),
    makeKeyPem(),
    makeKeyPem(),
  ]);
  const certify = async (options: CertificateOptions = {}): Promise<Pem> => {
    const issuer = options.authority ?? authority;
    const own = options.key ?? key;
    const certificate = await makeServerCertificate({
      authority: issuer,
      key: own,
      names: options.names ?? LOCAL,
      notBefore: day(options.from ?? -1),
      notAfter: day(options.until ?? 90),
    });
    const chain = [certificate, issuer.certificate, options.appended ?? ''];
    return { key: own, certificate: chain.map((pem) => pem.trim()).join('\n') };
  };
  return {
    authority,
    namesake,
    inspection,
    key,
    backupKey,
    otherKey,
    pin: pinOf(key),
    backupPin: pinOf(backupKey),
    authorityPin: pinOf(authority.key),
    certify,
    selfSigned: async (own) => {
      const itself = { key: own, certificate: (await makeAuthority('localhost', now)).certificate };
      const { certificate } = await certify({ authority: itself, key: own });
      return {
        key: own,
        certificate: `${certificate.split('-----END CERTIFICATE-----')[0]}-----END CERTIFICATE-----`,
      };
    },
  };
}
