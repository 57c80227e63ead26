import { isDeepStrictEqual } from 'node:util';
import {
  adopt,
  isSameDevice,
  isToldOf,
  isUnchanged,
  keepCopy,
  learned,
  opens,
  type Enrolment,
  type KeyFiles,
} from './device-model.ts';
import { seatIdOf, type Hardware, type Shown } from './history.ts';
import type { Terms } from './server-model.ts';
import { newRun, trust, worthWriting, type Glance, type KeptTime, type Run } from './time-model.ts';

/** What an installation knows, without any of the forms in which it keeps it. */
export interface ClientState {
  seat: Known | null;
  ended: string | null;
  /** Tokens of earlier activations that have to be given back. */
  releases: number[];
  /** Seats of activations that are not wanted any more, of which the server said nothing when it was asked. */
  withdrawals: Withdrawal[];
  requests: Request[];
  receipts: Receipt[];
  /** Which machine the seat was given to, its seat id, and what is kept of time. */
  device: Device | null;
  /** An activation that was begun and whose end is not known. `wanted` false: it is to be given back. */
  wish: Wish | null;
  /** A deactivation that was begun and whose end is not known. */
  leaving: boolean;
  /** While `leaving`: a repair may have taken the seat anew. */
  retaken: boolean;
  /** Something was begun of which it is not known whether it was carried out. */
  doubt: boolean;
  keys: KeyFiles | null;
  /** What was ever written, and what can not be read any more. */
  stored: { license: boolean; device: boolean };
  lost: { license: boolean; keys: boolean };
  contact: string | null;
}

export interface Device extends Enrolment {
  readonly seatId: string;
  readonly time: KeptTime;
}

export interface Known {
  readonly id: number;
  readonly purchase: number;
  readonly seatId: string;
  readonly leaseEnd: number;
  readonly terms: Terms;
  /** null: an offline seat. */
  readonly session: { readonly token: number; readonly nonce: number } | null;
  /** What the server was told of the machine. */
  readonly toldOf: Hardware;
  /** Of an offline seat: the request that was answered, the others of that time, the last count. */
  readonly bound: {
    readonly request: number;
    readonly others: readonly number[];
    readonly seq: number;
  } | null;
}

export interface Request {
  readonly id: number;
  readonly purchase: number;
  readonly seatId: string;
}

export interface Receipt {
  readonly id: number;
  readonly activation: number;
}

export interface Withdrawal {
  readonly purchase: number;
  readonly seatId: string;
}

export interface Wish extends Withdrawal {
  /** Offline requests that were there when it was begun. */
  readonly requests: readonly number[];
  readonly wanted: boolean;
}

/** The machine of an installation and the process on it. */
export interface Machine extends Glance {
  readonly hardware: Hardware;
  readonly process: Process;
}

/** What a process knows until it ends. */
export interface Process {
  /** It has looked after the key. */
  kept: boolean;
  readonly run: Run;
}

export const newProcess = (): Process => ({ kept: false, run: newRun() });

export const freshClient = (): ClientState => ({
  seat: null,
  ended: null,
  releases: [],
  withdrawals: [],
  requests: [],
  receipts: [],
  device: null,
  wish: null,
  leaving: false,
  retaken: false,
  doubt: false,
  keys: null,
  stored: { license: false, device: false },
  lost: { license: false, keys: false },
  contact: null,
});

/** The device is written where something about it has changed enough. */
export function setDevice(client: ClientState, next: Device): void {
  const { device } = client;
  const isSame =
    device !== null &&
    device.seatId === next.seatId &&
    isDeepStrictEqual([device.enrolled, device.drift], [next.enrolled, next.drift]) &&
    !worthWriting(device.time, next.time);
  if (isSame) return;
  client.device = next;
  client.stored.device = true;
}

/** The vault was made for another machine. */
export const isLocked = (client: ClientState, { hardware }: Machine): boolean =>
  client.keys !== null && !client.lost.keys && !opens(client.keys, hardware);

/** Anything that could be read is there. */
export const hasFiles = ({ stored, doubt }: ClientState): boolean => stored.license || stored.device || doubt;

/** The first operation of a process looks after the key, and each learns how the machine has changed. */
export function begin(client: ClientState, machine: Machine): void {
  const { keys, device } = client;
  const { process, hardware, local } = machine;
  if (keys === null || client.lost.keys || isLocked(client, machine)) return;
  if (!process.kept) keepCopy(keys, hardware);
  process.kept = true;
  if (device === null) return;
  setDevice(client, { ...device, ...learned(device, hardware, Math.max(local, device.time.mark)) });
}

/** After an operation the key follows the machine that counts. */
export function finish(client: ClientState, machine: Machine): void {
  const { keys, device } = client;
  if (keys === null || client.lost.keys || isLocked(client, machine)) return;
  if (device === null || isUnchanged(device.enrolled, machine.hardware)) adopt(keys, machine.hardware);
}

/** Something is written: the vault has a key from now on. */
export function touch(client: ClientState, { hardware }: Machine): void {
  if (client.keys !== null && !client.lost.keys) return;
  client.keys = { main: hardware, copy: hardware, torn: false };
  client.lost.keys = false;
}

export type Action =
  | 'activateWithCode'
  | 'makeOfflineRequest'
  | 'importResponse'
  | 'refresh'
  | 'importRefresh'
  | 'pullState'
  | 'deactivate';

const ACTIVATE = ['activateWithCode', 'importResponse', 'makeOfflineRequest'];
const FEATURES = ['checkoutFeature', 'returnFeature'];

const REASON_OF_CONTACT: Readonly<Record<string, string>> = {
  serverUnreachable: 'serverUnreachable',
  serverError: 'serverError',
  rateLimited: 'rateLimited',
  requestRefused: 'serverRefused',
};

/** State, reasons and actions of an installation on a machine. */
export function show(client: ClientState, machine: Machine): Shown {
  const time = isLocked(client, machine) ? null : (client.device?.time ?? null);
  const trusted = trust(machine.process.run, time, machine);
  const contact = REASON_OF_CONTACT[client.contact ?? ''];
  const around = contact === undefined ? [] : [contact];
  if (isLocked(client, machine)) {
    const actions = ['activateWithCode', 'makeOfflineRequest'];
    return {
      ...shown('notActivated', [...around, 'deviceChanged'], actions, null),
      receipts: 0,
      requests: 0,
    };
  }
  if (client.wish?.wanted === true) around.push('activationInterrupted');
  if (client.leaving) around.push('deactivationInterrupted');
  if (client.receipts.length > 0) around.push('receiptPending');
  const { seat } = client;
  const counts = { receipts: client.receipts.length, requests: client.requests.length };
  if (seat === null) {
    if (client.requests.length > 0) around.push('requestPending');
    if (client.lost.license || client.lost.keys) around.push('vaultDamaged');
    else around.push(client.ended ?? 'neverActivated');
    return { ...shown('notActivated', around, ACTIVATE, null), ...counts };
  }
  const reasons = reasonsOf(client, seat, machine, trusted);
  const state = stateOf(reasons);
  const mode = seat.session === null ? 'offline' : 'online';
  return { ...shown(state, [...around, ...reasons], actionsIn(state, mode), mode), ...counts };
}

function shown(state: string, reasons: string[], actions: string[], mode: string | null) {
  return { state, reasons: reasons.toSorted(), actions: actions.toSorted(), mode };
}

function reasonsOf(
  client: ClientState,
  seat: Known,
  machine: Machine,
  { isBehind, now }: ReturnType<typeof trust>,
): string[] {
  const { device } = client;
  const reasons: string[] = [];
  if (device !== null && !isSameDevice(device.enrolled, machine.hardware)) reasons.push('deviceChanged');
  else if (device !== null && (!isUnchanged(device.enrolled, machine.hardware) || isToldOf(device, now))) {
    reasons.push('deviceDrifted');
  }
  if (isBehind) reasons.push('clockRolledBack');
  const { status, expiry, graceEnd } = seat.terms;
  if (status === 'disabled') reasons.push('entitlementDisabled');
  else if (status === 'expired' || now >= graceEnd) reasons.push('entitlementExpired');
  else if (now >= expiry || status === 'gracePeriod') reasons.push('gracePeriod');
  if (now >= seat.leaseEnd) reasons.push('leaseExpired');
  if (seat.session === null) reasons.push('offlineLease');
  return reasons;
}

function stateOf(reasons: readonly string[]): string {
  const has = (...codes: string[]) => codes.some((code) => reasons.includes(code));
  if (has('deviceChanged')) return 'notActivated';
  if (has('entitlementDisabled', 'entitlementExpired')) return 'entitlementNotActive';
  return has('clockRolledBack', 'leaseExpired') ? 'leaseExpired' : 'active';
}

function actionsIn(state: string, mode: 'online' | 'offline'): string[] {
  const refresh = mode === 'online' ? 'refresh' : 'importRefresh';
  if (state === 'notActivated') return ACTIVATE;
  if (state === 'leaseExpired') return [refresh, 'deactivate'];
  if (state === 'active') {
    const online = mode === 'online' ? ['pullState', ...FEATURES] : [];
    return [refresh, 'deactivate', 'exportLicenseFile', ...online];
  }
  return mode === 'online'
    ? ['pullState', 'deactivate', 'activateWithCode']
    : [refresh, 'deactivate', 'activateWithCode'];
}

export const may = (client: ClientState, machine: Machine, action: Action): boolean =>
  show(client, machine).actions.includes(action);

/** The seat id to ask for: a device that is still the same keeps the one it has. */
export const seatIdFor = ({ device }: ClientState, { hardware }: Machine): string =>
  device !== null && isSameDevice(device.enrolled, hardware) ? device.seatId : seatIdOf(hardware);

export const withdrawalsWithout = (
  { withdrawals }: ClientState,
  { purchase, seatId }: Withdrawal,
): Withdrawal[] => withdrawals.filter((other) => other.purchase !== purchase || other.seatId !== seatId);
