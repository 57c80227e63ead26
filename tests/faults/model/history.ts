import type { FactorName } from '../../../electron/fingerprint/types.ts';

/** What can happen, as plain data: a history is a list of steps, and every step means something in every situation. */

export const SLOTS = ['A', 'B', 'C'] as const;
/** A machine with an installation on it. */
export type Slot = (typeof SLOTS)[number];

export const FACTORS = ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'] as const satisfies FactorName[];
export type Factor = (typeof FACTORS)[number];

/** Which exemplar of each factor a machine has. */
export type Hardware = Readonly<Record<Factor, number>>;

/** How one call goes wrong: `cutBefore` the server acts, or after. */
export type Fault = 500 | 429 | 'cutBefore' | 'cutAfter';

/** The network of one operation: none, or what happens to its first, second, ... call (null = nothing). */
export type Network = 'none' | readonly (Fault | null)[];

export const DAMAGEABLE = ['license', 'device', 'journal', 'keys'] as const;
export type Damageable = (typeof DAMAGEABLE)[number];

export type Step =
  | {
      readonly do: 'activate';
      readonly slot: Slot;
      /** Index of a purchase; one more than there are is a code that nobody sold. */
      readonly purchase: number;
      readonly edition: 'professional' | 'standard' | null;
      readonly net: Network;
    }
  | {
      readonly do: 'refresh' | 'pullState' | 'deactivate' | 'reconcile';
      readonly slot: Slot;
      readonly net: Network;
    }
  | { readonly do: 'keepTime' | 'restart' | 'snapshot' | 'putBack'; readonly slot: Slot }
  /** Gives an offline seat back, shows the newest receipt again, says of receipts that the portal took them. */
  | { readonly do: 'leave' | 'export' | 'clear'; readonly slot: Slot }
  /** The machine's clock is set; minutes against its present time. */
  | { readonly do: 'setClock'; readonly slot: Slot; readonly minutes: number }
  | { readonly do: 'rightClock'; readonly slot: Slot }
  | { readonly do: 'wait'; readonly minutes: number }
  /** These factors are exchanged for new ones, the others are again what the machine came with. */
  | { readonly do: 'hardware'; readonly slot: Slot; readonly factors: readonly Factor[] }
  | {
      readonly do: 'vendor';
      readonly purchase: number;
      readonly action: 'disable' | 'enable' | 'renew' | 'release';
    }
  | { readonly do: 'request'; readonly slot: Slot; readonly purchase: number }
  /** Somebody carries a token to the portal; counted from the newest. */
  | { readonly do: 'portal'; readonly token: number }
  /** Somebody fetches a refresh file in the portal for the seat that the installation shows. */
  | { readonly do: 'fetch'; readonly slot: Slot }
  | { readonly do: 'import'; readonly slot: Slot; readonly token: number }
  /** A folder is copied, onto its twin (a cloned virtual machine) or onto the machine that is there. */
  | { readonly do: 'copy'; readonly slot: Slot; readonly to: Slot; readonly twin: boolean }
  | { readonly do: 'damage'; readonly slot: Slot; readonly file: Damageable; readonly both: boolean };

/** What the vendor has sold at the start of each history. */
export interface Purchase {
  readonly seats: number;
  /** Days; null = may not be used offline. */
  readonly offlineLease: number | null;
  readonly lease: number;
  readonly grace: number;
  readonly duration: number;
}

export const PURCHASES: readonly Purchase[] = [
  { seats: 1, offlineLease: 30, lease: 10, grace: 14, duration: 365 },
  { seats: 2, offlineLease: 60, lease: 30, grace: 0, duration: 50 },
  { seats: 1, offlineLease: null, lease: 10, grace: 20, duration: 40 },
];

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** True time at the start of every history. */
export const START = Date.parse('2031-03-01T09:00:00.000Z');
/** Every step takes so long, so that no two happen at once. */
export const TICK = 1000;

/** What one installation shows. */
export interface Shown {
  readonly state: string;
  /** Sorted. */
  readonly reasons: readonly string[];
  /** Sorted. */
  readonly actions: readonly string[];
  readonly receipts: number;
  readonly requests: number;
  readonly mode: string | null;
}

/** A seat as the server holds it. */
export interface HeldSeat {
  readonly seatId: string;
  readonly mode: 'online' | 'offline';
  readonly counts: boolean;
}

/** What an installation believes about its seat, for comparison with what the server gave. */
export interface Claim {
  readonly activationId: string;
  readonly state: string;
  readonly leaseExpiry: number | null;
  /** The machine's clock. */
  readonly now: number;
}

/** An activation as the server has it, over or not. */
export interface Granted {
  readonly id: string;
  readonly purchase: number;
  readonly seatId: string;
  readonly mode: 'online' | 'offline';
  readonly leaseExpiry: number;
  /** Counts among the seats that are used. */
  readonly counts: boolean;
  readonly ended: boolean;
}

/** Everything that can be seen from outside after a step. */
export interface Seen {
  /** `ok`, a code, or `nothing` where the step had nothing to do. */
  readonly outcome: string;
  /** Of the installations that the step could make a difference to. */
  readonly shown: Readonly<Partial<Record<Slot, Shown>>>;
  /** Per purchase, sorted by seat. */
  readonly seats: readonly (readonly HeldSeat[])[];
}

/** The installations that a step can make a difference to: nothing but time and disasters gets from one to another. */
export function touchedBy(step: Step): readonly Slot[] {
  if (step.do === 'wait') return SLOTS;
  if (step.do === 'vendor' || step.do === 'portal') return [];
  return step.do === 'copy' ? [step.slot, step.to] : [step.slot];
}

/** Whether a step can make a difference to what the server holds. */
export function reachesServer(step: Step): boolean {
  return 'net' in step || ['vendor', 'portal', 'fetch', 'wait'].includes(step.do);
}

/** The seats that are held, as a history sees them. */
export function heldSeats(granted: readonly Granted[]): Seen['seats'] {
  return PURCHASES.map((_, of) =>
    granted
      .filter(({ purchase, ended }) => purchase === of && !ended)
      .map(({ seatId, mode, counts }) => ({ seatId, mode, counts }))
      .toSorted((one, other) => one.seatId.localeCompare(other.seatId)),
  );
}

/** Reasons that say something about the surroundings of a test or that follow from dates that are compared anyway. */
export const BESIDE_THE_POINT: ReadonlySet<string> = new Set([
  'testEnvironment',
  'clockAhead',
  'keyringWeak',
  'keyringChanged',
  'leaseEndsSoon',
  'entitlementEndsSoon',
  'licenseFileExpired',
  'licenseFileMissing',
  'clonedImageSuspected',
  'vaultRecovered',
]);

/** A machine as it came, by its place in the list. */
export function newMachine(slot: Slot): Hardware {
  return replaced(slot, [], 0);
}

/** A machine with some factors exchanged. @param generation no two of a machine are alike */
export function replaced(slot: Slot, factors: readonly Factor[], generation: number): Hardware {
  const own = 1 + SLOTS.indexOf(slot) * 80;
  const of = (name: Factor) => own + (factors.includes(name) ? generation : 0);
  return {
    board: of('board'),
    disk: of('disk'),
    mac: of('mac'),
    machineId: of('machineId'),
    os: of('os'),
    cpu: of('cpu'),
  };
}

export const seatIdOf = (hardware: Hardware): string => `seat-of-board-${hardware.board}`;
