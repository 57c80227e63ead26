import {
  freshClient,
  hasFiles,
  isLocked,
  begin,
  may,
  setDevice,
  touch,
  withdrawalsWithout,
  type Action,
  type ClientState,
  type Known,
  type Machine,
  type Wish,
} from './client-model.ts';
import { enrolled } from './device-model.ts';
import type { Answer, ServerModel, Session, Told } from './server-model.ts';
import { answered } from './time-model.ts';
import { wasTurnedAway, type Heard, type WireModel } from './wire-model.ts';

/** What an operation stands on. */
export interface Around {
  readonly client: ClientState;
  readonly machine: Machine;
  readonly server: ServerModel;
  readonly wire: WireModel;
  /** True time, which the server tells. */
  readonly now: number;
}

/** How a part of an operation went: null = well. `settled`: nothing is open between the server and us. */
export interface Outcome {
  readonly code: string | null;
  readonly settled: boolean;
}

export const WELL: Outcome = { code: null, settled: true };

/** What operations are made of: the vault, calls in the chain of nonces, and the seat that they are about. */
export class SeatOperation {
  protected readonly around: Around;

  constructor(around: Around) {
    this.around = around;
  }

  protected get client(): ClientState {
    return this.around.client;
  }

  /** An online seat is held. */
  protected get isOnline(): boolean {
    const { seat } = this.client;
    return seat !== null && seat.session !== null;
  }

  /** Begins: the first operation of a process looks after the key; null = the vault can be read. */
  enter(): string | null {
    const { client, machine } = this.around;
    begin(client, machine);
    return isLocked(client, machine) && hasFiles(client) ? 'vaultKeyUnavailable' : null;
  }

  may(action: Action): boolean {
    return may(this.client, this.around.machine, action);
  }

  /** What begins a license sets a vault aside that can not be opened, and brings it back where nothing comes of it. */
  anew<T>(work: () => T): T {
    const { client, machine } = this.around;
    this.enter();
    if (!isLocked(client, machine)) return work();
    const before = structuredClone(client);
    Object.assign(client, { ...freshClient(), contact: client.contact });
    const outcome = work();
    const isNew = hasFiles(client);
    if (!isNew) Object.assign(client, { ...before, contact: client.contact });
    return outcome;
  }

  /** Something is written. */
  write(what: 'license' | 'intent'): void {
    const { client, machine } = this.around;
    const isNew = client.keys === null || client.lost.keys;
    touch(client, machine);
    if (isNew) machine.process.kept = true;
    if (what === 'intent') return;
    client.stored.license = true;
    client.lost.license = false;
  }

  /** Keeps how late it is; an answer tells the server's time. */
  protected note(isAnswered: boolean): void {
    const { client, machine, now } = this.around;
    const { device, seat } = client;
    // A record of the device that was lost is begun anew once the server has known the seat.
    const isAnew = device === null && seat !== null && isAnswered;
    if (device === null && !isAnew) return;
    const time = answered(machine.process.run, device?.time ?? null, machine, isAnswered ? now : null);
    const seatId = seat?.seatId ?? '';
    setDevice(client, {
      ...(device ?? { seatId, ...enrolled(null, machine.hardware, machine.local) }),
      time,
    });
  }

  protected heard<T>(heard: Heard<T>): Heard<T> {
    this.client.contact = heard.ok ? null : heard.code;
    return heard;
  }

  /** Takes a seat; idempotent by seat id. */
  protected take(wish: Wish): Outcome & { readonly heard: boolean } {
    const { client, machine, server, wire, now } = this.around;
    const { purchase, seatId } = wish;
    const { hardware } = machine;
    const heard = this.heard(wire.call(() => server.activate({ purchase, seatId, hardware }, now)));
    if (!heard.ok) {
      const settled = heard.end !== 'unknown';
      if (!settled) client.doubt = true;
      const said = heard.end === 'refused' && !wasTurnedAway(heard.code);
      return { code: heard.code, settled, heard: said };
    }
    const time = answered(machine.process.run, client.device?.time ?? null, machine, now);
    setDevice(client, { seatId, ...enrolled(client.device, hardware, machine.local), time });
    this.replaceSeat(heard.value, purchase, heard.nonce ?? 0);
    client.doubt = false;
    return { code: null, settled: true, heard: true };
  }

  protected replaceSeat(told: Told & { readonly token: number }, purchase: number, nonce: number): void {
    const { client, server, machine } = this.around;
    const { seat: before } = client;
    this.write('license');
    if (before !== null && before.seatId === told.seatId && before.id !== told.id) {
      if (before.session !== null) client.releases = [...client.releases, before.session.token];
      else if (before.purchase !== purchase) {
        client.receipts = [...client.receipts, { id: server.number(), activation: before.id }];
      }
    }
    client.seat = {
      ...told,
      purchase,
      session: { token: told.token, nonce },
      bound: null,
      toldOf: machine.hardware,
    };
    client.ended = null;
    client.requests = [];
    client.withdrawals = withdrawalsWithout(client, { purchase, seatId: told.seatId });
  }

  /** Ends the activation; what has to be given back elsewhere stays. */
  end(cause: string): void {
    this.write('license');
    Object.assign(this.client, { seat: null, ended: cause, requests: [] });
  }

  /** One call in the chain; one whose answer was lost is repaired by activating again with the same seat id. */
  protected chained<T>(
    act: (session: Session, now: number) => Answer<T>,
    learn: (value: T) => void,
  ): Outcome {
    const { client } = this.around;
    const doubtful = client.doubt;
    this.write('intent');
    const first = this.attempt(act, learn);
    if (first.code === 'seatReleased') return this.lose('seatReleased', first.code);
    if (first.code !== 'nonceMismatch' && first.code !== 'accessTokenInvalid') return first;
    if (!doubtful) return this.lose('seatLostToClone', first.code);
    if (client.leaving) client.retaken = true;
    const repaired = this.repair();
    return repaired.code === null ? this.attempt(act, learn) : repaired;
  }

  protected lose(cause: string, code: string): Outcome {
    this.end(cause);
    return { code, settled: true };
  }

  /** @returns `heard`: whether the server itself said no */
  protected repair(): Outcome & { readonly heard: boolean } {
    const { seat } = this.client;
    if (seat === null) throw new Error('nothing to repair');
    const { purchase, seatId } = seat;
    const taken = this.take({ purchase, seatId, requests: [], wanted: true });
    const { code, heard } = taken;
    if (code === null) return { ...WELL, heard };
    if (code === 'seatHeldElsewhere') return { ...this.lose('seatHeldElsewhere', code), heard };
    if (code === 'seatLimitReached') return { ...this.lose('seatReleased', code), heard };
    return { code, settled: false, heard };
  }

  protected attempt<T>(
    act: (session: Session, now: number) => Answer<T>,
    learn: (value: T) => void,
  ): Outcome {
    const { client, wire, now } = this.around;
    const { session } = this.held();
    const heard = this.heard(wire.call(() => act(session, now)));
    if (heard.nonce !== null) this.learn({ session: { ...session, nonce: heard.nonce } });
    if (heard.ok) {
      learn(heard.value);
      client.doubt = false;
      this.note(true);
      return WELL;
    }
    if (heard.end === 'unknown') client.doubt = true;
    else if (heard.nonce !== null) client.doubt = false;
    this.note(heard.answered);
    return { code: heard.code, settled: !client.doubt };
  }

  protected held(): Known & { readonly session: Session } {
    const { seat } = this.client;
    if (seat === null || seat.session === null) throw new Error('no seat to call for');
    return { ...seat, session: seat.session };
  }

  protected learn(news: Partial<Known>): void {
    const { client } = this.around;
    this.write('license');
    if (client.seat !== null) client.seat = { ...client.seat, ...news };
  }

  protected pull(): Outcome {
    const { server } = this.around;
    return this.chained(
      (session, now) => server.state(session, now),
      ({ leaseEnd, terms }) => this.learn({ leaseEnd, terms }),
    );
  }

  /** Terms of purchase, license file, earlier seats: good to have, and no reason to fail what went before. */
  protected followUp(before: Outcome): Outcome {
    if (before.code !== null || this.client.seat === null) return before;
    const { server } = this.around;
    const nothing = () => undefined;
    const terms = this.chained((session, now) => server.state(session, now), nothing);
    const done =
      terms.code === null ? this.chained((session, now) => server.licenseFile(session, now), nothing) : terms;
    if (this.client.seat === null) return done;
    this.giveBackEarlier();
    return { code: null, settled: done.settled };
  }

  protected giveBackEarlier(): void {
    const { client, server, wire } = this.around;
    for (const token of client.releases) {
      const heard = wire.call(() => server.deactivate(token));
      const over = heard.ok || (heard.end === 'refused' && !wasTurnedAway(heard.code));
      if (over) client.releases = client.releases.filter((other) => other !== token);
    }
  }

  protected close({ code, settled }: Outcome): string {
    if (settled) Object.assign(this.client, { doubt: false, leaving: false, wish: null });
    return code ?? 'ok';
  }
}
