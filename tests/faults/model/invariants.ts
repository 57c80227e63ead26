import { isSameDevice } from './device-model.ts';
import { seatIdFor } from './client-model.ts';
import { PURCHASES, SLOTS, type Claim, type Granted, type Seen, type Slot, type Step } from './history.ts';
import type { Seat } from './server-model.ts';
import type { WorldModel } from './world-model.ts';

/** What holds after every step, whatever the model says: looked up at the real server and the real installations. */

export interface Truth {
  readonly granted: readonly Granted[];
  readonly claims: Readonly<Partial<Record<Slot, Claim | null>>>;
}

/** Operations after which an installation knows what the server knows. */
const TELLING: readonly Step['do'][] = ['activate', 'refresh', 'pullState'];

/** @returns a sentence for each breach */
export function breaches(step: Step, { outcome }: Seen, { granted, claims }: Truth): string[] {
  const found: string[] = [];
  for (const [purchase, { seats }] of PURCHASES.entries()) {
    const live = granted.filter((seat) => seat.purchase === purchase && !seat.ended);
    const used = live.filter(({ counts }) => counts).length;
    if (used > seats) found.push(`${used} of ${seats} seats are used`);
    const ids = live.map(({ seatId }) => seatId);
    if (new Set(ids).size < ids.length) found.push(`a seat is held twice: ${ids.join(', ')}`);
  }
  for (const slot of SLOTS) {
    const claim = claims[slot];
    if (claim?.state !== 'active') continue;
    const grant = granted.find(({ id }) => id === claim.activationId);
    if (grant === undefined) found.push(`${slot} is active with a seat that the server never gave`);
    else if (claim.leaseExpiry === null || claim.leaseExpiry > grant.leaseExpiry) {
      found.push(`${slot} is active with a lease that the server never gave`);
    } else if (claim.now >= grant.leaseExpiry) found.push(`${slot} is active after the end of its lease`);
    const told = 'slot' in step && step.slot === slot && outcome === 'ok' && TELLING.includes(step.do);
    if (told && grant?.counts !== true) found.push(`${slot} is active with a seat that is not held`);
  }
  return found;
}

/** What brings a history to rest: the vendor relents, clocks are right, everything that was begun is finished. */
export function* rest(world: WorldModel): Generator<Step> {
  for (const purchase of PURCHASES.keys()) {
    yield { do: 'vendor', purchase, action: 'enable' };
    const { status } = world.server.terms(purchase, world.now);
    if (status !== 'active') yield { do: 'vendor', purchase, action: 'renew' };
  }
  for (const slot of SLOTS) {
    yield { do: 'rightClock', slot };
    // What one start finishes, the next may have to give back.
    for (let start = 0; start < 2; start += 1) {
      yield { do: 'restart', slot };
      yield { do: 'reconcile', slot, net: [] };
    }
    yield* bringReceipts(world, slot);
  }
  for (const seat of unusedSeats(world)) {
    const slot = finderOf(world, seat);
    if (slot !== null) yield* takeAgain(world, slot, seat);
  }
}

function* bringReceipts(world: WorldModel, slot: Slot): Generator<Step> {
  for (let left = world.here(slot).client.receipts.length; left > 0; left -= 1) {
    yield { do: 'export', slot };
    yield { do: 'portal', token: 0 };
    yield { do: 'clear', slot };
  }
}

/** The user gives up what is there and activates with the code of a seat that nobody uses. */
function* takeAgain(world: WorldModel, slot: Slot, { purchase }: Seat): Generator<Step> {
  yield { do: 'deactivate', slot, net: [] };
  yield { do: 'leave', slot };
  yield* bringReceipts(world, slot);
  yield { do: 'activate', slot, purchase, edition: null, net: [] };
}

/** A disaster can lose what is known of a seat; only the lease ends it then, or the user activates again. */
const DISASTERS: readonly Step['do'][] = ['damage', 'copy', 'putBack', 'hardware'];

/** What must not be once a history has come to rest. @param given activations that their users gave back */
export function leftovers(world: WorldModel, history: readonly Step[], given: ReadonlySet<number>): string[] {
  const isPeaceful = history.every((step) => !DISASTERS.includes(step.do));
  const unused = unusedSeats(world);
  const found: string[] = [];
  for (const seat of unused) {
    if (finderOf(world, seat) !== null) found.push(`${seat.seatId} is held, unused, and not found again`);
    else if (isPeaceful) found.push(`${seat.seatId} is held, and nobody can use or release it`);
    if (isPeaceful && given.has(seat.id)) found.push(`${seat.seatId} was given back, and is held still`);
  }
  for (const slot of isPeaceful ? SLOTS : []) {
    const { seat } = world.here(slot).client;
    const held = world.server.seats.find(({ id }) => id === seat?.id);
    const isFreed = held?.ended === 'deactivated' && !world.portal.freedByMistake.has(held.id);
    if (isFreed) found.push(`${slot} uses a seat that was given back`);
  }
  return found;
}

/** Seats that are held although no installation shows them. */
function unusedSeats(world: WorldModel): readonly Seat[] {
  const shown = SLOTS.flatMap((slot) => world.here(slot).client.seat?.id ?? []);
  return world.server.seats.filter(
    ({ id, ended, leaseEnd }) => ended === null && world.now < leaseEnd && !shown.includes(id),
  );
}

/** An installation that would be given the very same seat, were it to activate; null = none. */
function finderOf(world: WorldModel, seat: Seat): Slot | null {
  const finds = (slot: Slot) => {
    const { client, machine } = world.here(slot);
    return seatIdFor(client, machine) === seat.seatId && isSameDevice(seat.hardware, machine.hardware);
  };
  return SLOTS.find(finds) ?? null;
}
