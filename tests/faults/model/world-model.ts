import {
  finish,
  freshClient,
  isLocked,
  newProcess,
  setDevice,
  show,
  type ClientState,
  type Machine,
  type Process,
} from './client-model.ts';
import {
  MINUTE,
  newMachine,
  replaced,
  START,
  TICK,
  touchedBy,
  type Damageable,
  type Hardware,
  type Network,
  type Seen,
  type Slot,
  type Step,
} from './history.ts';
import { importToken, leave, makeRequest } from './offline-model.ts';
import { Operation } from './operation-model.ts';
import { PortalModel, type Exchanged, type Token } from './portal-model.ts';
import { ServerModel } from './server-model.ts';
import { look, worthWriting } from './time-model.ts';
import { WireModel } from './wire-model.ts';

/** Operations under the lock of the vault. */
const TURNS: readonly Step['do'][] = [
  'activate',
  'refresh',
  'pullState',
  'deactivate',
  'reconcile',
  'request',
  'leave',
];

interface Installed {
  client: ClientState;
  hardware: Hardware;
  /** Milliseconds that the clock is ahead of the true time. */
  ahead: number;
  process: Process;
  snapshot: ClientState | null;
}

/** The whole world in a few numbers: the true time, the server, the portal and what is on each machine. */
export class WorldModel {
  now = START;
  readonly server = new ServerModel(START);
  readonly portal = new PortalModel(this.server);
  readonly tokens: Token[] = [];
  readonly #slots: Record<Slot, Installed>;
  #generation = 0;

  constructor() {
    const fresh = (slot: Slot): Installed => ({
      client: freshClient(),
      hardware: newMachine(slot),
      ahead: 0,
      process: newProcess(),
      snapshot: null,
    });
    this.#slots = { A: fresh('A'), B: fresh('B'), C: fresh('C') };
  }

  /** The seat that an installation would show in the portal. */
  seatOf(slot: Slot): { readonly id: number; readonly purchase: number } | null {
    const { client } = this.#slots[slot];
    return isLocked(client, this.#machine(slot)) ? null : client.seat;
  }

  /** Receipts of which the portal took the token. */
  settledReceipts(slot: Slot): readonly number[] {
    const { client } = this.#slots[slot];
    if (isLocked(client, this.#machine(slot))) return [];
    return client.receipts.map(({ id }) => id).filter((id) => this.portal.taken.has(id));
  }

  /** What an installation knows and what it stands on. */
  here(slot: Slot): { readonly client: ClientState; readonly machine: Machine } {
    return { client: this.#slots[slot].client, machine: this.#machine(slot) };
  }

  /** Applies a step. @returns what can be seen afterwards */
  apply(step: Step): Seen {
    this.now += TICK;
    const outcome = this.#step(step);
    if (TURNS.includes(step.do) && 'slot' in step) {
      const { client, machine } = this.here(step.slot);
      finish(client, machine);
    }
    return {
      outcome,
      shown: Object.fromEntries(touchedBy(step).map((slot) => [slot, this.#show(slot)])),
      seats: this.server.holds(this.now),
    };
  }

  #machine(slot: Slot): Machine {
    const { hardware, ahead, process } = this.#slots[slot];
    return { hardware, process, local: this.now + ahead, moment: this.now };
  }

  #show(slot: Slot) {
    return show(this.#slots[slot].client, this.#machine(slot));
  }

  #around(slot: Slot, net: Network = []) {
    const { client } = this.#slots[slot];
    const machine = this.#machine(slot);
    const { server, now } = this;
    const wire = new WireModel(net);
    const operation = new Operation({ client, machine, server, wire, now });
    return { client, machine, server, operation, portal: this.portal };
  }

  #step(step: Step): string {
    switch (step.do) {
      case 'activate':
        return this.#around(step.slot, step.net).operation.activate(step.purchase);
      case 'refresh':
      case 'pullState':
      case 'deactivate':
      case 'reconcile':
        return this.#around(step.slot, step.net).operation[step.do]();
      case 'request':
        return this.#keep(makeRequest(this.#around(step.slot), step.purchase));
      case 'leave':
        return this.#keep(leave(this.#around(step.slot)));
      case 'import': {
        const token = this.token(step.token);
        return token === null ? 'nothing' : importToken(this.#around(step.slot), token);
      }
      case 'portal':
      case 'fetch':
        return this.#visitPortal(step);
      case 'export':
        return this.#export(step.slot);
      case 'clear':
        return this.#clear(step.slot);
      case 'vendor':
        return this.server.vendor(step.purchase, step.action, this.now);
      case 'wait':
        this.now += step.minutes * MINUTE;
        return 'ok';
      default:
        return this.#toMachine(step);
    }
  }

  /** Counted from the newest. */
  token(back: number): Token | null {
    return this.tokens.at(-1 - (back % Math.max(1, this.tokens.length))) ?? null;
  }

  #keep(made: { readonly token: Token } | { readonly code: string }): string {
    if ('code' in made) return made.code;
    this.tokens.push(made.token);
    return 'ok';
  }

  #visitPortal(step: Step & { readonly do: 'portal' | 'fetch' }): string {
    const exchanged = step.do === 'portal' ? this.#bring(step.token) : this.#fetch(step.slot);
    if (exchanged === null) return 'nothing';
    if ('code' in exchanged) return exchanged.code;
    if (exchanged.answer !== null) this.tokens.push(exchanged.answer);
    return 'ok';
  }

  #bring(back: number): Exchanged | null {
    const token = this.token(back);
    return token === null ? null : this.portal.take(token, this.now);
  }

  #fetch(slot: Slot): Exchanged | null {
    const seat = this.seatOf(slot);
    return seat === null ? null : this.portal.refresh(seat.id, this.now);
  }

  #export(slot: Slot): string {
    const { client } = this.#slots[slot];
    const receipt = isLocked(client, this.#machine(slot)) ? undefined : client.receipts.at(-1);
    if (receipt === undefined) return 'nothing';
    this.tokens.push({ kind: 'receipt', ...receipt });
    return 'ok';
  }

  #clear(slot: Slot): string {
    const settled = this.settledReceipts(slot);
    const { client, operation } = this.#around(slot);
    if (settled.length === 0) return 'nothing';
    operation.enter();
    operation.write('license');
    client.receipts = client.receipts.filter(({ id }) => !settled.includes(id));
    finish(client, this.#machine(slot));
    return 'ok';
  }

  #toMachine(step: Exclude<Step, { do: 'wait' | 'vendor' | 'portal' }>): string {
    const here = this.#slots[step.slot];
    switch (step.do) {
      case 'keepTime':
        return this.#keepTime(step.slot);
      case 'setClock':
        here.ahead += step.minutes * MINUTE;
        return 'ok';
      case 'rightClock':
        here.ahead = 0;
        return 'ok';
      case 'hardware':
        this.#generation += 1;
        here.hardware = replaced(step.slot, step.factors, this.#generation);
        break;
      case 'snapshot':
        here.snapshot = structuredClone(here.client);
        return 'ok';
      case 'putBack':
        if (here.snapshot === null) return 'nothing';
        here.client = { ...structuredClone(here.snapshot), contact: here.client.contact };
        break;
      case 'copy':
        if (step.slot === step.to) return 'nothing';
        this.#slots[step.to].client = structuredClone(here.client);
        this.#slots[step.to].process = newProcess();
        if (step.twin) this.#slots[step.to].hardware = here.hardware;
        return 'ok';
      case 'damage':
        damage(here.client, step.file, step.both);
        break;
      default:
        break;
    }
    here.process = newProcess();
    return 'ok';
  }

  #keepTime(slot: Slot): string {
    const { client, machine, operation } = this.#around(slot);
    const { device } = client;
    if (device === null || isLocked(client, machine)) return 'ok';
    const { run } = machine.process;
    if (!worthWriting(device.time, look(run, device.time, machine))) return 'ok';
    operation.enter();
    const now = client.device ?? device;
    setDevice(client, { ...now, time: look(run, now.time, machine) });
    finish(client, machine);
    return 'ok';
  }
}

/** A record with a good copy is read from that; a key or record without one is lost. */
function damage(client: ClientState, file: Damageable, both: boolean): void {
  const nothing = { seat: null, ended: null, releases: [], withdrawals: [], requests: [], receipts: [] };
  if (file === 'keys' && client.keys !== null && !client.lost.keys) {
    if (both) {
      client.lost = { keys: true, license: client.stored.license };
      Object.assign(client, { ...nothing, device: null, wish: null, leaving: false });
    } else Object.assign(client.keys, { main: client.keys.copy, torn: true });
  }
  if (!both) return;
  if (file === 'license' && client.stored.license) {
    Object.assign(client, nothing);
    client.lost.license = true;
  }
  if (file === 'device') client.device = null;
  if (file === 'journal') Object.assign(client, { wish: null, leaving: false });
}
