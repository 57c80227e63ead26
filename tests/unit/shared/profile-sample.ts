const ID = 'A1b2C3d4E5f6G7h8I9j0K1';
const DIGEST = `${'A'.repeat(43)}=`;
const KEY = 'a'.repeat(43);

/** The least that a profile must have. */
export function minimalProfile() {
  return {
    profileVersion: 1,
    environment: 'live',
    tenantId: `t_${ID}`,
    vendor: { name: 'Acme', support: {} },
    application: { name: 'Acme Licenses', id: 'com.acme.licenses' },
    products: [{ productId: `prod_${ID}`, name: 'Anvil' }],
    api: { url: 'https://licenses.acme.example/', pins: [{ sha256: DIGEST }] },
    serverKeys: [],
    fingerprint: { salt: KEY },
  };
}

/** Every field that a profile can have. */
export function fullProfile() {
  return {
    profileVersion: 1,
    environment: 'test',
    tenantId: `t_${ID}`,
    vendor: {
      name: 'Acme',
      website: 'https://acme.example/',
      support: {
        email: 'support@acme.example',
        url: 'https://acme.example/support?from=latchkey',
        phone: '+44 (0)20 7946-0000',
      },
    },
    application: { name: 'Acme Licenses', id: 'com.acme.licenses' },
    products: [
      {
        productId: `prod_${ID}`,
        name: 'Anvil',
        editions: [
          { id: 'basic', name: 'Basic' },
          { id: 'pro', name: 'Professional' },
        ],
      },
      { productId: `prod_${ID.toLowerCase()}`, name: 'Rocket' },
    ],
    api: {
      url: 'https://licenses.acme.example:8443/base',
      pinning: 'report',
      pins: [{ sha256: DIGEST, notAfter: '2027-01-01T00:00:00Z' }, { sha256: DIGEST.replace('A', 'B') }],
      ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      clientCertificates: 'enrol',
      portalUrl: 'https://portal.acme.example/',
    },
    accounts: {
      openId: { issuer: 'https://login.acme.example/tenant', clientId: 'latchkey', scope: 'email profile' },
      password: true,
    },
    serverKeys: [
      { kid: 'sig-1', use: 'sig', crv: 'Ed25519', x: KEY },
      { kid: 'enc-1', use: 'enc', crv: 'X25519', x: KEY },
    ],
    localServer: 'allowed',
    fingerprint: { salt: KEY, virtualMachines: 'forbidden' },
    appearance: { accent: '#1f6feb', accentDark: '#58A6FF' },
  };
}

/** A copy of a JSON value with one field changed; `undefined` takes the field away. */
export function withField(value: object, path: string, field: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], copy);
  const target = parent as Record<string, unknown>;
  if (field === undefined) Reflect.deleteProperty(target, last);
  else target[last] = field;
  return copy;
}
