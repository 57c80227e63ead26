import type { Handler } from '../context.ts';
import { activate } from './activate.ts';
import { deactivate, getActivation, getEntitlement, refreshActivation } from './activation.ts';
import { issueCertificate } from './certificate.ts';
import { checkoutFeature, returnFeature, trackFeatureUsage } from './features.ts';
import { checkOutLicenseFile } from './license-file.ts';
import { issueManagementToken } from './management-token.ts';
import {
  createEntitlement,
  disableEntitlement,
  enableEntitlement,
  getManagedEntitlement,
  listActivations,
  listEntitlements,
  releaseActivation,
  renewEntitlement,
  resetEntitlement,
  revokeClientCertificates,
  startEntitlement,
  updateEntitlement,
} from './management.ts';
import {
  createAccount,
  deleteAccount,
  getAccount,
  listAccounts,
  unlockAccount,
  updateAccount,
} from './management-accounts.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhookKeys,
  listWebhookDeliveries,
  listWebhooks,
  retryWebhookDelivery,
  rotateWebhookSecret,
} from './management-webhooks.ts';
import { exchangeOfflineToken, refreshOfflineActivation } from './offline.ts';
import { getReadiness, getServerKeys } from './server.ts';

/** What answers each operation of the contract, by its operationId. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  activate,
  getActivation,
  refreshActivation,
  deactivate,
  getEntitlement,
  checkoutFeature,
  returnFeature,
  trackFeatureUsage,
  checkOutLicenseFile,
  issueClientCertificate: issueCertificate,
  exchangeOfflineToken,
  refreshOfflineActivation,
  getServerKeys,
  getReadiness,
  issueManagementToken,
  listEntitlements,
  createEntitlement,
  getManagedEntitlement,
  renewEntitlement,
  disableEntitlement,
  enableEntitlement,
  startEntitlement,
  resetEntitlement,
  updateEntitlement,
  listActivations,
  releaseActivation,
  revokeClientCertificates,
  listAccounts,
  createAccount,
  getAccount,
  updateAccount,
  deleteAccount,
  unlockAccount,
  listWebhooks,
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  listWebhookDeliveries,
  retryWebhookDelivery,
  getWebhookKeys,
};
