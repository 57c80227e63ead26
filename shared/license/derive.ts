import type { Facts } from '../facts.ts';
import { allowedActions, type Action } from './actions.ts';
import { inOrder, reason, reasonOfContact, type Reason } from './reasons.ts';
import type {
  Activation,
  ClockAhead,
  Instant,
  LicenseFacts,
  LicenseState,
  Surroundings,
  TrustedNow,
} from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A lease is said to end soon in its last fifth, at most a week and at least an hour before its end. */
const LEASE_SOON = { fraction: 0.2, longest: 7 * DAY, shortest: 60 * MINUTE };
/** Whoever was away for less is not asked whether the clock is right. */
const AWAY = 14 * DAY;
/** A clock that was behind and shows so much more since is taken for mended. */
const MENDED = 30 * DAY;
const ENTITLEMENT_SOON = 30 * DAY;
/** Most trials are not longer than a month: told from the first day on it would be noise. */
const TRIAL_SOON = 7 * DAY;
const MAINTENANCE_SOON = 30 * DAY;

export interface DerivedLicense {
  readonly state: LicenseState;
  /** What blocks first, then warnings, then information; never the same code twice. */
  readonly reasons: readonly Reason[];
  readonly actions: readonly Action[];
}

/**
 * Derives state, reasons and allowed actions. The one place that decides: window, command line and support bundle
 * show what this says. Pure and total: every combination of inputs has an answer, none throws.
 * @param facts what the vault holds; null = not read yet
 * @param clock trusted time
 * @param around device, vault, contact and everything else that has a say
 */
export function deriveLicense(
  facts: LicenseFacts | null,
  clock: TrustedNow,
  around: Surroundings,
): DerivedLicense {
  const activation = facts?.activation ?? null;
  const found: Reason[] = [...vaultReasons(activation, around), ...surroundingReasons(clock, around)];
  let state: LicenseState;
  if (CLOSED.includes(around.vault)) state = 'uninitialized';
  else if (around.vault === 'locked') state = isOtherDevice(around) ? 'notActivated' : 'uninitialized';
  else if (facts === null) state = around.vault === 'damaged' ? 'notActivated' : 'uninitialized';
  else if (activation === null) {
    state = 'notActivated';
    found.push(...endedReasons(facts, around));
  } else {
    found.push(...activationReasons(activation, clock, around));
    state = stateOf(found);
  }
  const reasons = inOrder(found);
  return { state, reasons, actions: actionsIn(state, activation, around) };
}

/** A vault of which nothing can be said, and that may open another time. */
const CLOSED: readonly Surroundings['vault'][] = ['unavailable', 'unsafe', 'failing', 'newer', 'unread'];

function isOtherDevice({ device }: Surroundings): boolean {
  return device.verdict === 'different';
}

/** What the state allows, but for two situations in which it would leave the user without a way out. */
function actionsIn(
  state: LicenseState,
  activation: Activation | null,
  around: Surroundings,
): readonly Action[] {
  // The seat is this device's, so it can be given back; on another device it would be somebody else's.
  const forbiddenHere = around.virtualMachine === 'forbidden' && !isOtherDevice(around);
  if (state === 'notActivated' && activation !== null && forbiddenHere) return ['deactivate'];
  const givenUp = around.vault === 'locked' || around.vault === 'unread';
  const actions = givenUp ? GIVE_UP : allowedActions(state, activation?.mode ?? null);
  const { accounts, offline } = around;
  // The user is the only one who can mend the seat that is there, in whatever state it is.
  const isMending = accounts.signInNeeded && activation !== null && state !== 'uninitialized';
  const all = isMending && !actions.includes(SIGN_IN) ? [...actions, SIGN_IN] : actions;
  return all.filter(
    (action) =>
      (offline.available || !NEEDS_OFFLINE.includes(action)) && (accounts.available || action !== SIGN_IN),
  );
}

const SIGN_IN: Action = 'activateWithAccount';

/** What is of no use where the vendor answers no requests. */
const NEEDS_OFFLINE: readonly Action[] = ['makeOfflineRequest', 'importResponse'];

/** A vault that can't be opened may be given up for a new activation. */
const GIVE_UP: readonly Action[] = ['activateWithCode', SIGN_IN, 'makeOfflineRequest'];

/** The state that follows from the blocking reasons, the gravest first. */
function stateOf(found: readonly Reason[]): LicenseState {
  const has = (...codes: readonly Reason['code'][]) => found.some(({ code }) => codes.includes(code));
  if (has('deviceChanged', 'virtualMachineForbidden')) return 'notActivated';
  if (has('entitlementExpired', 'entitlementDisabled', 'entitlementNotStarted'))
    return 'entitlementNotActive';
  // Without a clock to trust, or with a vault that was put back, nobody can say that the lease still runs.
  if (has('clockRolledBack', 'vaultRolledBack', 'leaseExpired')) return 'leaseExpired';
  return 'active';
}

function activationReasons(activation: Activation, clock: TrustedNow, around: Surroundings): Reason[] {
  const found: Reason[] = [];
  if (around.accounts.signInNeeded) found.push(reason('signInNeeded'));
  if (isOtherDevice(around)) found.push(reason('deviceChanged', { factors: around.device.changed }));
  if (around.device.verdict === 'drifted') {
    found.push(reason('deviceDrifted', { factors: around.device.changed }));
  }
  if (around.virtualMachine === 'forbidden') found.push(reason('virtualMachineForbidden'));
  if (clock.behindBy > 0) {
    found.push(
      reason('clockRolledBack', { at: minuteOf(clock.now), count: Math.ceil(clock.behindBy / MINUTE) }),
    );
  }
  if (clock.ahead && isWorthAsking(clock.ahead, activation, around)) {
    found.push(
      reason('clockAhead', { at: minuteOf(clock.ahead.known), count: Math.floor(clock.ahead.by / DAY) }),
    );
  }
  found.push(...entitlementReasons(activation, clock.now), ...leaseReasons(activation, clock.now));
  if (activation.mode === 'offline' && activation.leaseExpiry !== null) {
    found.push(reason('offlineLease', { at: activation.leaseExpiry }));
  }
  if (around.heldAtOther !== null) found.push(reason('heldAtOtherServer', { host: around.heldAtOther }));
  if (around.unproven) found.push(reason('localServerUnproven'));
  // A file ends with its lease: one reason says both.
  const leaseEnded = activation.leaseExpiry !== null && clock.now >= activation.leaseExpiry;
  if (!leaseEnded) found.push(...licenseFileReasons(around));
  return found;
}

/** What is told must not change with every look at a clock that goes on. */
function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE;
}

/**
 * A clock far ahead mostly means that nobody was here for long. It is no noise where the server contradicts it, and
 * where after weeks nobody but the user can say what time it is: offline, or with a server that can't be reached.
 */
function isWorthAsking(
  { by, since, isCertain }: ClockAhead,
  { mode }: Activation,
  { lastContact }: Surroundings,
): boolean {
  if (isCertain) return true;
  const isUnreached = lastContact !== null && lastContact.code !== null && lastContact.at >= since;
  return by >= AWAY && (mode === 'offline' || isUnreached);
}

function licenseFileReasons({ licenseFile }: Surroundings): Reason[] {
  switch (licenseFile) {
    case 'missing':
      return [reason('licenseFileMissing')];
    case 'expired':
      return [reason('licenseFileExpired')];
    case 'invalid':
      return [reason('licenseFileInvalid')];
    case 'none':
    case 'valid':
      return [];
  }
}

function entitlementReasons({ entitlement }: Activation, now: Instant): Reason[] {
  const { status, expiry, graceExpiry } = entitlement;
  const terms: Facts = entitlement.isTrial ? { isTrial: true } : {};
  const found: Reason[] = [];
  if (status === 'disabled' || status === 'customerDisabled' || status === 'exported') {
    found.push(reason('entitlementDisabled'));
  } else if (status === 'created') {
    found.push(reason('entitlementNotStarted'));
  } else if (status === 'expired') {
    found.push(reason('entitlementExpired', { ...terms, ...(expiry === null ? {} : { at: expiry }) }));
  } else if (expiry !== null && now >= expiry) {
    // The last description may be older than the end: the dates decide, not the status of back then.
    // A server that says `gracePeriod` need not say until when; then the lease is the end.
    const inGrace = graceExpiry === null ? status === 'gracePeriod' : now < graceExpiry;
    found.push(
      inGrace ? gracePeriod(graceExpiry, terms) : reason('entitlementExpired', { ...terms, at: expiry }),
    );
  } else if (status === 'gracePeriod') {
    if (graceExpiry !== null && now >= graceExpiry) {
      found.push(reason('entitlementExpired', { ...terms, at: graceExpiry }));
    } else found.push(gracePeriod(graceExpiry, terms));
  } else if (expiry !== null && expiry - now <= (entitlement.isTrial ? TRIAL_SOON : ENTITLEMENT_SOON)) {
    found.push(reason('entitlementEndsSoon', { ...terms, at: expiry }));
  }
  const maintenance = entitlement.hasMaintenance === true ? entitlement.maintenanceExpiry : null;
  if (maintenance !== null) {
    if (now >= maintenance) found.push(reason('maintenanceExpired', { at: maintenance }));
    else if (maintenance - now <= MAINTENANCE_SOON) {
      found.push(reason('maintenanceEndsSoon', { at: maintenance }));
    }
  }
  return found;
}

function gracePeriod(end: Instant | null, terms: Facts): Reason {
  return reason('gracePeriod', end === null ? terms : { ...terms, at: end });
}

function leaseReasons({ leaseExpiry, lastLeaseAt }: Activation, now: Instant): Reason[] {
  if (leaseExpiry === null) return [];
  if (now >= leaseExpiry) return [reason('leaseExpired', { at: leaseExpiry })];
  const length = Math.max(0, leaseExpiry - lastLeaseAt);
  const soon = Math.min(LEASE_SOON.longest, Math.max(LEASE_SOON.shortest, length * LEASE_SOON.fraction));
  return leaseExpiry - now <= soon ? [reason('leaseEndsSoon', { at: leaseExpiry })] : [];
}

function endedReasons({ ended }: LicenseFacts, around: Surroundings): Reason[] {
  const found: Reason[] = [];
  if (around.offline.requestPending !== null) {
    found.push(reason('requestPending', { at: around.offline.requestPending }));
  }
  if (around.virtualMachine === 'forbidden') found.push(reason('virtualMachineForbidden'));
  if (ended !== null) {
    // An offline deactivation frees the seat only when the portal has been told.
    const untold = ended.cause === 'deactivated' && around.offline.receipts > 0;
    found.push(reason(ended.cause, { at: ended.at, ...(untold && { count: around.offline.receipts }) }));
  } else if (around.vault !== 'damaged') found.push(reason('neverActivated'));
  return found;
}

function vaultReasons(activation: Activation | null, around: Surroundings): Reason[] {
  const { vault, keyring } = around;
  const found: Reason[] = [];
  // A copied vault can't be opened either, but no keyring will ever help.
  if (vault === 'locked' && isOtherDevice(around)) found.push(reason('deviceChanged'));
  else if (vault === 'unavailable' || vault === 'locked') found.push(reason('vaultUnavailable'));
  if (vault === 'unread') found.push(reason('deviceUnread'));
  // Solved by activating again: it must not block a license that is there.
  if (vault === 'damaged' && activation === null) found.push(reason('vaultDamaged'));
  if (vault === 'newer') found.push(reason('vaultNewer'));
  if (vault === 'failing') found.push(reason('vaultStorageFailed'));
  if (vault === 'unsafe') found.push(reason('vaultUnsafe'));
  // Without a seat there is nothing that could be used twice.
  if (vault === 'rolledBack' && activation !== null) found.push(reason('vaultRolledBack'));
  if (vault === 'readOnly') found.push(reason('vaultReadOnly'));
  if (vault === 'full') found.push(reason('vaultDiskFull'));
  if (vault === 'recovered') found.push(reason('vaultRecovered'));
  if (keyring === 'weak') found.push(reason('keyringWeak'));
  if (keyring === 'changed') found.push(reason('keyringChanged'));
  return found;
}

function surroundingReasons({ now }: TrustedNow, around: Surroundings): Reason[] {
  const found: Reason[] = [];
  if (around.unfinished === 'activation') found.push(reason('activationInterrupted'));
  if (around.unfinished === 'deactivation') found.push(reason('deactivationInterrupted'));
  if (around.lastContact !== null && around.lastContact.code !== null) {
    const code = reasonOfContact(around.lastContact.code);
    // By a clock that has jumped since, it was long ago: the user has set it right.
    const isMended = code === 'clockBehind' && now - around.lastContact.at > MENDED;
    if (code !== null && !isMended) {
      found.push(reason(code, { ...around.lastContact.facts, at: around.lastContact.at }));
    }
  }
  // Of a contact that went well, the facts say who may have read along.
  if (around.lastContact?.code === null && around.lastContact.facts?.issuer !== undefined) {
    found.push(reason('connectionInspected', { ...around.lastContact.facts, at: around.lastContact.at }));
  }
  const { clientCertificate } = around;
  if (clientCertificate?.state === 'missing') found.push(reason('clientCertificateMissing'));
  if (clientCertificate?.state === 'expired') {
    found.push(reason('clientCertificateExpired', { at: clientCertificate.at }));
  }
  if (around.virtualMachine === 'detected') found.push(reason('virtualMachineDetected'));
  if (around.clonedImage) found.push(reason('clonedImageSuspected'));
  if (around.offline.receipts > 0) found.push(reason('receiptPending', { count: around.offline.receipts }));
  if (around.environment === 'test') found.push(reason('testEnvironment'));
  return found;
}
