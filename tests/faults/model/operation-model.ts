import { seatIdFor, withdrawalsWithout, type Wish, type Withdrawal } from './client-model.ts';
import { isUnchanged } from './device-model.ts';
import { SeatOperation, WELL, type Outcome } from './seat-model.ts';
import { wasTurnedAway } from './wire-model.ts';

const REFUSED: Readonly<Record<string, 'disabled' | 'expired'>> = {
  entitlementDisabled: 'disabled',
  entitlementExpired: 'expired',
};

/** The operations of an installation over the network, by what they promise. */
export class Operation extends SeatOperation {
  refresh(): string {
    const entered = this.#withSeat();
    if (entered !== null) return entered;
    if (!this.may('refresh')) return 'notAllowedInState';
    const lease = this.chained((session, now) => this.around.server.refresh(session, now), this.#learnLease);
    const refusedFor = REFUSED[lease.code ?? ''];
    if (refusedFor !== undefined) return this.#learnStatus(lease, refusedFor);
    if (lease.code !== null) return this.close(lease);
    this.#tellDrift();
    return this.#closeKept(this.followUp(this.pull()));
  }

  pullState(): string {
    const entered = this.#withSeat();
    if (entered !== null) return entered;
    if (!this.may('pullState')) return 'notAllowedInState';
    const state = this.pull();
    const refusedFor = REFUSED[state.code ?? ''];
    if (refusedFor === undefined) return this.close(this.followUp(state));
    this.#tellStatus(refusedFor);
    return this.close(state);
  }

  deactivate(): string {
    const entered = this.#withSeat();
    if (entered !== null) return entered;
    if (!this.isOnline || !this.may('deactivate')) return 'notAllowedInState';
    return this.#giveBack();
  }

  reconcile(): string {
    const entered = this.enter();
    if (entered !== null) return entered;
    const { wish, leaving } = this.client;
    if (wish !== null) return wish.wanted ? this.#carryOut(wish, wish) : this.#withdrawUnwanted(wish);
    if (leaving && this.isOnline) return this.#giveBack();
    if (leaving) return this.close(WELL);
    this.giveBackEarlier();
    this.#giveBackWithdrawals();
    return 'ok';
  }

  activate(purchase: number): string {
    return this.anew(() => this.#activate(purchase));
  }

  #activate(purchase: number): string {
    if (!this.may('activateWithCode')) return 'notAllowedInState';
    const { client, machine } = this.around;
    const open = client.wish ?? this.#retaken();
    const wish = {
      purchase,
      seatId: seatIdFor(client, machine),
      requests: client.requests.map(({ id }) => id),
      wanted: true,
    };
    if (open !== null && open.purchase !== purchase) {
      const problem = this.#withdrawOrNote(open);
      if (problem !== null) return problem;
      client.wish = null;
    }
    return this.#carryOut(wish, open?.purchase === purchase ? open : null);
  }

  /** A seat that a repair may have taken anew while it was being given back. */
  #retaken(): Wish | null {
    const { leaving, retaken, seat } = this.client;
    if (!leaving || !retaken || seat === null) return null;
    return { purchase: seat.purchase, seatId: seat.seatId, requests: [], wanted: false };
  }

  /** Before anything is done with a seat, an activation beside it is brought to its end. */
  #withSeat(): string | null {
    const entered = this.enter();
    const { wish, seat } = this.client;
    if (entered !== null || wish?.wanted !== true || seat === null) return entered;
    const before = { ...this.client };
    const taken = this.take(wish);
    if (taken.code === null) {
      this.client.wish = null;
      return null;
    }
    if (!taken.settled || !taken.heard) return taken.code;
    this.#noteIfSuspended(wish, taken.code);
    this.#dropWish(before.doubt);
    return null;
  }

  #carryOut(wish: Wish, open: Wish | null): string {
    const { client } = this.around;
    const { doubt, wish: journalled } = client;
    this.write('intent');
    const taken = this.take(wish);
    if (taken.code === null) {
      Object.assign(client, { wish: null, leaving: false });
      return this.close(this.followUp(WELL));
    }
    if (!taken.settled) Object.assign(client, { wish, leaving: false });
    else if (open !== null && !taken.heard) client.wish = journalled;
    else {
      if (open !== null) this.#noteIfSuspended(wish, taken.code);
      this.#dropWish(doubt || open !== null);
    }
    return taken.code;
  }

  /** The server has said no to an activation; what was open about the seat that is held is open still. */
  #dropWish(doubt: boolean): void {
    const { client } = this.around;
    client.wish = null;
    const held = this.isOnline;
    client.doubt = held && doubt;
    client.leaving = held && client.leaving;
  }

  readonly #learnLease = (leaseEnd: number): void => this.learn({ leaseEnd });

  #learnStatus(refused: Outcome, status: 'disabled' | 'expired'): string {
    const pulled = refused.settled ? this.pull() : refused;
    if (pulled.code !== null) this.#tellStatus(status);
    return this.close({ code: refused.code, settled: pulled.settled });
  }

  #tellStatus(status: 'disabled' | 'expired'): void {
    const { seat } = this.client;
    if (seat !== null) this.learn({ terms: { ...seat.terms, status } });
  }

  #giveBack(): string {
    const { client, server, wire } = this.around;
    const { doubt, leaving } = client;
    const retaken = this.#retaken();
    const release = () => this.heard(wire.call(() => server.deactivate(this.held().session.token)));
    this.write('intent');
    if (!leaving) client.retaken = false;
    client.leaving = true;
    if (retaken !== null) {
      const found = this.repair();
      if (client.seat === null) return this.close(WELL);
      if (found.code !== null && !found.heard) return found.code;
      if (found.code !== null) this.#noteIfSuspended(retaken, found.code);
    }
    let heard = release();
    if (!heard.ok && heard.code === 'accessTokenInvalid' && doubt) {
      // Our own answer was lost: the seat is held under a token that never arrived.
      const repaired = this.repair();
      if (client.seat === null) return this.close(WELL);
      if (repaired.code !== null) return this.close(repaired);
      heard = release();
    }
    if (!heard.ok && !['seatReleased', 'accessTokenInvalid', 'nonceMismatch'].includes(heard.code)) {
      if (heard.end === 'unknown') client.doubt = true;
      else Object.assign(client, { leaving, doubt });
      return heard.code;
    }
    this.end('deactivated');
    this.giveBackEarlier();
    return this.close(WELL);
  }

  /**
   * Finds a seat again that is not wanted any more, and gives it back.
   * @returns `done`, `suspended` while the server says nothing of the purchase, or why it can not be done now
   */
  #withdraw({ purchase, seatId }: Withdrawal): string {
    const { server, wire, machine, now } = this.around;
    const { hardware } = machine;
    const found = this.heard(wire.call(() => server.activate({ purchase, seatId, hardware }, now)));
    const released = found.ok ? wire.call(() => server.deactivate(found.value.token)) : found;
    if (released.ok) return 'done';
    if (released.end !== 'refused' || wasTurnedAway(released.code)) return released.code;
    return released.code in REFUSED ? 'suspended' : 'done';
  }

  /** @returns why neither can be done now */
  #withdrawOrNote(wish: Wish): string | null {
    const outcome = this.#withdraw(wish);
    if (outcome === 'suspended') this.#noteWithdrawal(wish);
    return outcome === 'suspended' || outcome === 'done' ? null : outcome;
  }

  /** The server says nothing of a seat that an earlier call may have taken. */
  #noteIfSuspended(wish: Wish, code: string): void {
    if (code in REFUSED) this.#noteWithdrawal(wish);
  }

  #noteWithdrawal({ purchase, seatId }: Wish): void {
    const { client } = this;
    this.write('license');
    client.withdrawals = [...withdrawalsWithout(client, { purchase, seatId }), { purchase, seatId }];
  }

  #giveBackWithdrawals(): void {
    const { client } = this;
    for (const wish of client.withdrawals) {
      const isAskedFor = client.requests.some(({ purchase }) => purchase === wish.purchase);
      if (!isAskedFor && this.#withdraw(wish) === 'done')
        client.withdrawals = withdrawalsWithout(client, wish);
    }
  }

  #withdrawUnwanted(wish: Wish): string {
    const problem = this.#withdrawOrNote(wish);
    return problem ?? this.close(WELL);
  }

  /** The server is told of a machine that has changed, by taking the seat again; good to have. */
  #tellDrift(): void {
    const { machine } = this.around;
    const { purchase, seatId, toldOf } = this.held();
    if (!isUnchanged(toldOf, machine.hardware)) {
      this.take({ purchase, seatId, requests: [], wanted: true });
    }
  }

  #closeKept(outcome: Outcome): string {
    return this.close(this.client.seat === null ? outcome : { ...outcome, code: null });
  }
}
