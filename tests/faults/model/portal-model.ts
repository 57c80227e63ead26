import type { Hardware } from './history.ts';
import type { Seat, ServerModel, Told } from './server-model.ts';

/** The offline doors of the server, and what is carried through them. */

export interface RequestToken {
  readonly kind: 'request';
  readonly id: number;
  readonly purchase: number;
  readonly seatId: string;
  readonly hardware: Hardware;
}

export interface AnswerToken {
  readonly kind: 'response' | 'refresh';
  /** The request whose keys it is encrypted to. */
  readonly to: number;
  readonly purchase: number;
  readonly seq: number;
  readonly issued: number;
  readonly told: Told;
}

export interface ReceiptToken {
  readonly kind: 'receipt';
  readonly id: number;
  readonly activation: number;
}

export type Token = RequestToken | AnswerToken | ReceiptToken;

export type Exchanged = { readonly answer: AnswerToken | null } | { readonly code: string };

export class PortalModel {
  readonly #server: ServerModel;
  /** What was given to each request, and the seat that it was given. */
  readonly #answers = new Map<number, { readonly seat: Seat; readonly answer: AnswerToken }[]>();
  /** Receipts that were brought. */
  readonly taken = new Set<number>();
  /** Receipts for a seat that was taken again since; somebody may have kept one on a stick. */
  readonly outdated = new Set<number>();
  /** Seats that were freed by such a receipt although they are used. */
  readonly freedByMistake = new Set<number>();

  constructor(server: ServerModel) {
    this.#server = server;
  }

  take(token: Token, now: number): Exchanged {
    if (token.kind === 'request') return this.#answer(token, now);
    if (token.kind !== 'receipt') return { code: 'tokenWrongKind' };
    const seat = this.#server.seats.find(({ id }) => id === token.activation);
    if (seat === undefined) throw new Error('a receipt for a seat that was never given');
    const before = seat.ended;
    seat.ended ??= 'deactivated';
    this.taken.add(token.id);
    if (this.outdated.has(token.id)) this.freedByMistake.add(seat.id);
    if (before === null) return { answer: null };
    return { code: before === 'released' ? 'seatReleased' : 'tokenReplayed' };
  }

  #answer(request: RequestToken, now: number): Exchanged {
    const { purchase } = request;
    if (this.#server.sold[purchase] === undefined) return { code: 'activationCodeInvalid' };
    const inactive = this.#server.refusal(purchase, now);
    const given = this.#answers.get(request.id) ?? [];
    const earlier = given.at(-1);
    if (earlier !== undefined) {
      if (inactive !== null) return { code: inactive };
      return earlier.seat.ended === null ? { answer: earlier.answer } : { code: 'tokenReplayed' };
    }
    const taken = this.#server.take(request, 'offline', now);
    if (!taken.ok) return { code: taken.code };
    const seat = taken.value;
    seat.requests.unshift(request.id);
    const answer = this.#make('response', seat, request.id, now);
    this.#answers.set(request.id, [...given, { seat, answer }]);
    return { answer };
  }

  #make(kind: AnswerToken['kind'], seat: Seat, to: number, now: number): AnswerToken {
    seat.seq += 1;
    const { purchase, seq } = seat;
    return { kind, to, purchase, seq, issued: now, told: this.#server.told(seat, now) };
  }

  /** A new lease for an offline seat, before its end and after it, as long as nobody else has the seat. */
  refresh(id: number, now: number): Exchanged {
    const seat = this.#server.seats.find((it) => it.id === id);
    if (seat === undefined) throw new Error('a seat that was never given');
    if (seat.ended !== null) return { code: 'seatReleased' };
    const inactive = this.#server.refusal(seat.purchase, now);
    if (inactive !== null) return { code: inactive };
    const lease = this.#server.lease('offline', seat.purchase, now);
    const [to] = seat.requests;
    if (seat.mode !== 'offline' || lease === null || to === undefined) return { code: 'offlineNotAllowed' };
    if (!this.#server.hasRoom(seat, seat.purchase, now)) return { code: 'seatLimitReached' };
    seat.leaseEnd = lease;
    return { answer: this.#make('refresh', seat, to, now) };
  }
}
