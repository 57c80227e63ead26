import { isSameDevice } from './device-model.ts';
import { DAY, PURCHASES, type Hardware, type HeldSeat, type Purchase } from './history.ts';

/** What the vendor's server holds, as licensing-api.md describes it: no HTTP, no tokens, no database. */

export interface Sold extends Purchase {
  disabled: boolean;
  expiry: number;
}

/** One activation; `token` and `nonce` are the numbers of the newest. */
export interface Seat {
  readonly id: number;
  readonly purchase: number;
  readonly seatId: string;
  readonly mode: 'online' | 'offline';
  hardware: Hardware;
  leaseEnd: number;
  ended: 'deactivated' | 'released' | null;
  token: number;
  nonce: number;
  /** Requests that were answered with it, newest first. */
  readonly requests: number[];
  /** Counts the offline tokens. */
  seq: number;
}

/** What a client is told of its seat and the purchase. */
export interface Told {
  readonly id: number;
  readonly seatId: string;
  readonly leaseEnd: number;
  readonly terms: Terms;
}

export interface Terms {
  readonly status: Status;
  readonly expiry: number;
  readonly graceEnd: number;
}

export type Status = 'active' | 'gracePeriod' | 'expired' | 'disabled';

/** An answer; a refusal too can have used the nonce up and bring the next. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly nonce: number | null }
  | { readonly ok: false; readonly code: string; readonly nonce: number | null };

export interface SeatWish {
  readonly purchase: number;
  readonly seatId: string;
  readonly hardware: Hardware;
}

/** What a client calls with. */
export interface Session {
  readonly token: number;
  readonly nonce: number;
}

const refused = (code: string, nonce: number | null = null) => ({ ok: false, code, nonce }) as const;

export class ServerModel {
  readonly sold: Sold[];
  readonly seats: Seat[] = [];
  #numbers = 0;

  constructor(now: number) {
    this.sold = PURCHASES.map((purchase) => ({
      ...purchase,
      disabled: false,
      expiry: now + purchase.duration * DAY,
    }));
  }

  number(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  terms(purchase: number, now: number): Terms {
    const { expiry, grace, disabled } = this.#of(purchase);
    const graceEnd = expiry + grace * DAY;
    const dated = now < expiry ? 'active' : now < graceEnd ? 'gracePeriod' : 'expired';
    return { status: disabled ? 'disabled' : dated, expiry, graceEnd };
  }

  #of(purchase: number): Sold {
    const sold = this.sold[purchase];
    if (sold === undefined) throw new Error('a purchase that nobody made');
    return sold;
  }

  refusal(purchase: number, now: number): string | null {
    const { status } = this.terms(purchase, now);
    if (status === 'disabled') return 'entitlementDisabled';
    return status === 'expired' ? 'entitlementExpired' : null;
  }

  live(purchase: number): Seat[] {
    return this.seats.filter((seat) => seat.purchase === purchase && seat.ended === null);
  }

  /** A seat that is held can be kept; another one needs a free place. */
  hasRoom(own: Seat | null, purchase: number, now: number): boolean {
    if (own !== null && now < own.leaseEnd) return true;
    const used = this.live(purchase).filter((seat) => now < seat.leaseEnd).length;
    return used < this.#of(purchase).seats;
  }

  lease(mode: Seat['mode'], purchase: number, now: number): number | null {
    const { lease, offlineLease } = this.#of(purchase);
    const { expiry, graceEnd } = this.terms(purchase, now);
    if (mode === 'online') return Math.min(now + lease * DAY, graceEnd);
    if (offlineLease === null) return null;
    return Math.min(now + offlineLease * DAY, now < expiry ? expiry : graceEnd);
  }

  /** Takes a seat, or keeps the one of this seat id; a change between online and offline begins another activation. */
  take(wish: SeatWish, mode: Seat['mode'], now: number): Answer<Seat> {
    const { purchase, hardware } = wish;
    if (this.sold[purchase] === undefined) return refused('activationCodeInvalid');
    const inactive = this.refusal(purchase, now);
    if (inactive !== null) return refused(inactive);
    const leaseEnd = this.lease(mode, purchase, now);
    if (leaseEnd === null) return refused('offlineNotAllowed');
    const known = this.live(purchase).find(({ seatId }) => seatId === wish.seatId) ?? null;
    if (known !== null && !isSameDevice(known.hardware, hardware)) return refused('seatHeldElsewhere');
    if (!this.hasRoom(known, purchase, now)) return refused('seatLimitReached');
    const kept = known?.mode === mode ? known : null;
    if (known !== null && kept === null) known.ended = 'deactivated';
    const seat: Seat = kept ?? {
      id: this.number(),
      purchase,
      seatId: wish.seatId,
      mode,
      hardware,
      leaseEnd,
      ended: null,
      token: 0,
      nonce: 0,
      requests: [],
      seq: 0,
    };
    if (kept === null) this.seats.push(seat);
    Object.assign(seat, { hardware, leaseEnd, token: this.number(), nonce: this.number() });
    return { ok: true, value: seat, nonce: seat.nonce };
  }

  activate(wish: SeatWish, now: number): Answer<Told & { readonly token: number }> {
    const taken = this.take(wish, 'online', now);
    if (!taken.ok) return taken;
    return { ...taken, value: { ...this.told(taken.value, now), token: taken.value.token } };
  }

  told({ id, purchase, seatId, leaseEnd }: Seat, now: number): Told {
    return { id, seatId, leaseEnd, terms: this.terms(purchase, now) };
  }

  /** One call in the chain of nonces: each needs the last one and brings the next. */
  call<T>(
    { token, nonce }: Session,
    work: (seat: Seat) => { readonly value: T } | { readonly code: string },
  ): Answer<T> {
    const seat = this.seats.find((it) => it.token === token);
    if (seat === undefined) return refused('accessTokenInvalid');
    if (seat.ended === 'released') return refused('seatReleased');
    if (seat.ended !== null) return refused('accessTokenInvalid');
    if (seat.nonce !== nonce) return refused('nonceMismatch');
    seat.nonce = this.number();
    const outcome = work(seat);
    return 'code' in outcome
      ? refused(outcome.code, seat.nonce)
      : { ok: true, value: outcome.value, nonce: seat.nonce };
  }

  state(session: Session, now: number): Answer<Told> {
    return this.call(session, (seat) => ({ value: this.told(seat, now) }));
  }

  refresh(session: Session, now: number): Answer<number> {
    return this.call(session, (seat) => {
      const inactive = this.refusal(seat.purchase, now);
      if (inactive !== null) return { code: inactive };
      if (!this.hasRoom(seat, seat.purchase, now)) return { code: 'seatLimitReached' };
      seat.leaseEnd = this.lease('online', seat.purchase, now) ?? now;
      return { value: seat.leaseEnd };
    });
  }

  licenseFile(session: Session, now: number): Answer<null> {
    return this.call(session, (seat) => {
      const inactive = this.refusal(seat.purchase, now);
      if (inactive !== null) return { code: inactive };
      return now < seat.leaseEnd ? { value: null } : { code: 'requestRefused' };
    });
  }

  /** Needs no nonce; a repeat finds the seat free already. */
  deactivate(token: number): Answer<null> {
    const seat = this.seats.find((it) => it.token === token);
    if (seat === undefined) return refused('accessTokenInvalid');
    if (seat.ended === 'released') return refused('seatReleased');
    seat.ended = 'deactivated';
    return { ok: true, value: null, nonce: null };
  }

  vendor(purchase: number, action: 'disable' | 'enable' | 'renew' | 'release', now: number): string {
    const sold = this.#of(purchase);
    const live = this.live(purchase);
    if (action === 'renew') {
      const { expiry, graceEnd } = this.terms(purchase, now);
      sold.expiry = (now < graceEnd ? expiry : now) + sold.duration * DAY;
    } else if (action === 'release') {
      for (const seat of live) seat.ended = 'released';
      if (live.length === 0) return 'nothing';
    } else sold.disabled = action === 'disable';
    return 'ok';
  }

  holds(now: number): readonly (readonly HeldSeat[])[] {
    return this.sold.map((_, purchase) =>
      this.live(purchase)
        .map(({ seatId, mode, leaseEnd }) => ({ seatId, mode, counts: now < leaseEnd }))
        .toSorted((one, other) => one.seatId.localeCompare(other.seatId)),
    );
  }
}
