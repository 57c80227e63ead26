import type { Handler } from '../context.ts';
import { activate } from './activate.ts';
import { deactivate, getActivation, getEntitlement, refreshActivation } from './activation.ts';
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
  startEntitlement,
} from './management.ts';
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
  listActivations,
  releaseActivation,
};
