import { accountStore, type AccountStore } from './accounts.ts';
import { activationStore, type ActivationStore } from './activations.ts';
import { certificateStore, type CertificateStore } from './certificates.ts';
import { openDatabase, transaction } from './database.ts';
import { entitlementStore, type EntitlementStore } from './entitlements.ts';
import { featureUseStore, type FeatureUseStore } from './features.ts';
import { idempotencyStore, type IdempotencyStore } from './idempotency.ts';
import { offlineStore, type OfflineStore } from './offline.ts';
import { settingStore, type SettingStore } from './settings.ts';
import { signInStore, type SignInStore } from './sign-ins.ts';
import { webhookStore, type WebhookStore } from './webhooks.ts';

export interface Store {
  readonly settings: SettingStore;
  readonly entitlements: EntitlementStore;
  readonly activations: ActivationStore;
  readonly featureUse: FeatureUseStore;
  readonly idempotency: IdempotencyStore;
  readonly offline: OfflineStore;
  readonly certificates: CertificateStore;
  readonly accounts: AccountStore;
  readonly signIns: SignInStore;
  readonly webhooks: WebhookStore;
  /** Runs synchronous work as a whole or not at all. */
  readonly transaction: <T>(work: () => T) => T;
  readonly close: () => void;
}

/** Opens the store. @param file a path, or `:memory:` */
export function openStore(file: string): Store {
  const database = openDatabase(file);
  return {
    settings: settingStore(database),
    entitlements: entitlementStore(database),
    activations: activationStore(database),
    featureUse: featureUseStore(database),
    idempotency: idempotencyStore(database),
    offline: offlineStore(database),
    certificates: certificateStore(database),
    accounts: accountStore(database),
    signIns: signInStore(database),
    webhooks: webhookStore(database),
    transaction: (work) => transaction(database, work),
    close: () => {
      database.close();
    },
  };
}
