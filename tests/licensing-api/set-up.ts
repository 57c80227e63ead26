import path from 'node:path';
import * as v from 'valibot';
import type { Context } from './context.ts';
import { DEMO_PRODUCT, demoEntitlement } from './demo.ts';
import { createStoredEntitlement } from './entitlement-factory.ts';
import { readJson, writePrivateJson } from './private-file.ts';
import { CLIENT_ID_SETTING, CLIENT_SECRET_HASH_SETTING } from './routes/management-token.ts';
import { hashSecret, newId, newSecret } from './secrets.ts';
import type { Store } from './store/store.ts';
import type { VendorIdentity } from './vendor-identity.ts';

const TENANT_SETTING = 'tenantId';
const PORT_SETTING = 'port';

/**
 * What the demo prints at each start. The server itself keeps hashes of these only, so the demo has its own plain
 * copies in `demo-secrets.json` (mode 0600) of the data folder. A real server would show each of them once.
 */
const demoSecretsSchema = v.strictObject({ activationCode: v.string(), clientSecret: v.string() });
export type DemoSecrets = v.InferOutput<typeof demoSecretsSchema>;

/** Takes over tenant and catalogue of the vendor that a local server stands in for. */
export function adoptVendor({ settings }: Store, { tenantId, products }: VendorIdentity): void {
  settings.write(TENANT_SETTING, tenantId);
  const known = new Set(settings.products().map(({ id }) => id));
  for (const { id, name } of products) if (!known.has(id)) settings.addProduct(id, name);
}

/** The tenant of a store; made with the store. */
export function tenantOf(store: Store): string {
  const known = store.settings.read(TENANT_SETTING);
  if (known !== null) return known;
  const tenantId = newId('t');
  store.settings.write(TENANT_SETTING, tenantId);
  return tenantId;
}

/** The port that this data folder was last served on; 0 = any. */
export function rememberedPort(store: Store): number {
  return Number(store.settings.read(PORT_SETTING) ?? '0');
}

export function rememberPort(store: Store, port: number): void {
  store.settings.write(PORT_SETTING, String(port));
}

/** The management client's id. */
export function managementClientId(store: Store): string {
  return store.settings.read(CLIENT_ID_SETTING) ?? '';
}

/**
 * The demo's catalogue and management client, made at the first run. Catalogue and file are made in that order, and
 * the catalogue only if the file is missing: after a crash in between, the next start makes new secrets.
 */
export async function setUpDemo(context: Context, dataDir: string | null): Promise<DemoSecrets> {
  const file = dataDir === null ? null : path.join(dataDir, 'demo-secrets.json');
  const known = file === null ? null : await readJson(file);
  if (known !== null) {
    const parsed = v.safeParse(demoSecretsSchema, known);
    if (!parsed.success) throw new Error(`${file} is damaged: it does not hold the demo's secrets`);
    return parsed.output;
  }
  const secrets = context.store.transaction((): DemoSecrets => {
    const { settings } = context.store;
    const [product] = settings.products();
    const productId = product?.id ?? newId('prod');
    if (product === undefined) settings.addProduct(productId, DEMO_PRODUCT);
    const clientSecret = newSecret();
    settings.write(
      CLIENT_ID_SETTING,
      settings.read(CLIENT_ID_SETTING) ?? `${context.environment}-${newSecret().slice(0, 12)}`,
    );
    settings.write(CLIENT_SECRET_HASH_SETTING, hashSecret(clientSecret));
    const { activationCode } = createStoredEntitlement(context, demoEntitlement(productId, context.now()));
    return { activationCode, clientSecret };
  });
  if (file !== null) await writePrivateJson(file, secrets);
  return secrets;
}
