import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LicensingApi as Client } from '../../../electron/api/client.ts';
import type { TokenView } from '../../../shared/offline.ts';
import type { Result } from '../../../shared/result.ts';
import { clientOf } from '../../support/licensing-client.ts';
import {
  heldSeats,
  MINUTE,
  newMachine,
  reachesServer,
  replaced,
  SLOTS,
  START,
  TICK,
  touchedBy,
  type Granted,
  type Network,
  type Seen,
  type Slot,
  type Step,
} from './history.ts';
import type { Truth } from './invariants.ts';
import { RealInstallation, type Mutation } from './real-installation.ts';
import type { RealServer } from './real-server.ts';
import { typedCode } from '../../support/typed-secrets.ts';

interface Here {
  readonly app: RealInstallation;
  readonly clock: { ahead: number };
}

type Carried = { readonly text: string; readonly receipt: string | null };

const outcomeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

/** The same world as it is: engines on vaults in folders, the real client over HTTPS, the reference server. */
export class RealWorld {
  #now = START;
  readonly #server: RealServer;
  readonly #slots: Record<Slot, Here>;
  readonly #tokens: Carried[] = [];
  readonly #taken = new Set<string>();
  readonly #network = { isThere: true };
  #generation = 0;
  #granted: readonly Granted[] = [];

  private constructor(server: RealServer, dir: string, mutation: Mutation) {
    this.#server = server;
    const api = this.#client();
    const { profile } = server.api;
    const here = (slot: Slot): Here => {
      const clock = { ahead: 0 };
      const now = () => this.#now + clock.ahead;
      const elapsed = () => this.#now - START;
      const dataDir = path.join(dir, slot);
      mkdirSync(dataDir);
      return {
        clock,
        app: new RealInstallation({ dataDir, profile, api, now, elapsed, mutation }, newMachine(slot)),
      };
    };
    this.#slots = { A: here('A'), B: here('B'), C: here('C') };
  }

  /** @param dir an empty folder */
  static async open(server: RealServer, dir: string, mutation: Mutation): Promise<RealWorld> {
    server.setClock(START);
    await server.sell();
    return new RealWorld(server, dir, mutation);
  }

  async close(): Promise<void> {
    for (const slot of SLOTS) await this.#slots[slot].app.stop();
  }

  app(slot: Slot): RealInstallation {
    return this.#slots[slot].app;
  }

  /** The real client, with a network that can be missing. */
  #client(): Client {
    const { api } = this.#server;
    const there = clientOf(api).api;
    // Nobody listens on that port.
    const nowhere = clientOf(api, { url: 'https://localhost:1' }).api;
    return new Proxy(there, {
      get: (_target, name, receiver) =>
        Reflect.get(this.#network.isThere ? there : nowhere, name, receiver) as unknown,
    });
  }

  /** Applies a step. @returns what can be seen afterwards, and what has to agree with the server whatever the model says */
  async apply(step: Step): Promise<{ readonly seen: Seen; readonly truth: Truth }> {
    this.#advance(TICK);
    const outcome = await this.#step(step);
    const shows = await Promise.all(
      touchedBy(step).map(async (slot) => ({ slot, ...(await this.#slots[slot].app.show()) })),
    );
    if (reachesServer(step)) this.#granted = this.#server.granted();
    const granted = this.#granted;
    return {
      seen: {
        outcome,
        shown: Object.fromEntries(shows.map(({ slot, shown }) => [slot, shown])),
        seats: heldSeats(granted),
      },
      truth: { granted, claims: Object.fromEntries(shows.map(({ slot, claim }) => [slot, claim])) },
    };
  }

  #advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#server.setClock(this.#now);
  }

  async #disturbed(net: Network, work: () => Promise<Result<unknown>>): Promise<string> {
    this.#network.isThere = net !== 'none';
    this.#server.disturb(net);
    const outcome = outcomeOf(await work());
    this.#network.isThere = true;
    this.#server.disturb([]);
    return outcome;
  }

  async #step(step: Step): Promise<string> {
    switch (step.do) {
      case 'activate':
      case 'refresh':
      case 'pullState':
      case 'deactivate':
      case 'reconcile':
        return this.#online(step);
      case 'portal':
      case 'fetch':
      case 'import':
        return this.#carry(step);
      case 'vendor':
        return this.#server.vendor(step.purchase, step.action);
      case 'wait':
        this.#advance(step.minutes * MINUTE);
        return 'ok';
      default:
        return this.#onMachine(step);
    }
  }

  #online(
    step: Step & { readonly do: 'activate' | 'refresh' | 'pullState' | 'deactivate' | 'reconcile' },
  ): Promise<string> {
    const { license, productId } = this.#slots[step.slot].app;
    if (step.do !== 'activate') return this.#disturbed(step.net, () => license[step.do](productId));
    const code = this.#server.codeOf(step.purchase);
    const edition = step.edition === null ? {} : { editionId: step.edition };
    return this.#disturbed(step.net, () =>
      license.activate({ productId, code: typedCode(code), ...edition }),
    );
  }

  async #carry(step: Step & { readonly do: 'portal' | 'fetch' | 'import' }): Promise<string> {
    if (step.do === 'fetch') return this.#fetch(step.slot);
    const token = this.#tokens.at(-1 - (step.token % Math.max(1, this.#tokens.length)));
    if (token === undefined) return 'nothing';
    if (step.do === 'import') {
      return outcomeOf(await this.#slots[step.slot].app.offline.importToken(token.text));
    }
    const { outcome, answer } = await this.#server.bring(token.text);
    if (token.receipt !== null) this.#taken.add(token.receipt);
    this.#keepText(answer);
    return outcome;
  }

  async #fetch(slot: Slot): Promise<string> {
    const { activation } = await this.#slots[slot].app.view();
    if (activation === null) return 'nothing';
    const code = this.#server.codeFor(activation.entitlement.id);
    const { outcome, answer } = await this.#server.fetch(activation.id, code);
    this.#keepText(answer);
    return outcome;
  }

  #keepText(text: string | null): void {
    if (text !== null) this.#tokens.push({ text, receipt: null });
  }

  #keepMade(made: Result<TokenView>): string {
    if (made.ok) {
      const { armored, kind, id } = made.value;
      this.#tokens.push({ text: armored, receipt: kind === 'deactivation' ? id : null });
    }
    return outcomeOf(made);
  }

  async #export(app: RealInstallation): Promise<string> {
    const [newest] = (await app.view()).offline.receipts;
    return newest === undefined
      ? 'nothing'
      : this.#keepMade(await app.offline.token(app.productId, newest.id));
  }

  async #clear(app: RealInstallation): Promise<string> {
    const { receipts } = (await app.view()).offline;
    const settled = receipts.filter(({ id }) => this.#taken.has(id));
    for (const { id } of settled) {
      const cleared = await app.offline.clearReceipt(app.productId, id);
      if (!cleared.ok) return cleared.error.code;
    }
    return settled.length === 0 ? 'nothing' : 'ok';
  }

  async #onMachine(
    step: Exclude<Step, { do: 'activate' | 'refresh' | 'wait' | 'vendor' | 'portal' | 'fetch' | 'import' }>,
  ): Promise<string> {
    const { app, clock } = this.#slots[step.slot];
    const { license, offline, productId } = app;
    switch (step.do) {
      case 'request': {
        const code = this.#server.codeOf(step.purchase);
        return this.#keepMade(await offline.makeRequest({ productId, code: typedCode(code) }));
      }
      case 'leave':
        return this.#keepMade(await offline.deactivate(productId));
      case 'export':
        return this.#export(app);
      case 'clear':
        return this.#clear(app);
      case 'keepTime':
        return outcomeOf(await license.keepTime());
      case 'setClock':
        clock.ahead += step.minutes * MINUTE;
        return 'ok';
      case 'rightClock':
        clock.ahead = 0;
        return 'ok';
      case 'hardware':
        this.#generation += 1;
        await app.restart(replaced(step.slot, step.factors, this.#generation));
        return 'ok';
      case 'snapshot':
        app.keepSnapshot();
        return 'ok';
      case 'putBack': {
        const found = app.putSnapshotBack();
        if (found) await app.restart();
        return found ? 'ok' : 'nothing';
      }
      case 'copy':
        return this.#copy(app, step.to, step.slot === step.to, step.twin);
      case 'damage':
        app.damage(step.file, step.both);
        break;
      default:
        break;
    }
    await app.restart();
    return 'ok';
  }

  async #copy(app: RealInstallation, to: Slot, isSame: boolean, twin: boolean): Promise<string> {
    if (isSame) return 'nothing';
    const target = this.#slots[to].app;
    await target.stop();
    app.copyTo(target);
    await target.restart(twin ? app.hardware : target.hardware);
    return 'ok';
  }
}
