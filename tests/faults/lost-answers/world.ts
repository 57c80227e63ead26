import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  identitiesName,
  identitiesSchema,
  NO_IDENTITIES,
  type Identities,
} from '../../../electron/certificate/records.ts';
import { createBackgroundRefresh } from '../../../electron/license/background-refresh.ts';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import {
  journalName,
  journalSchema,
  licenseRecordSchema,
  type Journal,
  type LicenseRecord,
} from '../../../electron/license/records.ts';
import { createLicenseService } from '../../../electron/license/service.ts';
import { patientTransport } from '../../../electron/api/patient-transport.ts';
import { DEFAULT_LIMITS } from '../../../electron/api/transport.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { Result } from '../../../shared/result.ts';
import type { Cut } from '../../licensing-api/faults.ts';
import { clientOf } from '../../support/licensing-client.ts';
import type { Purchase } from '../../support/back-office.ts';
import { portalOf } from '../kill-campaign/portal.ts';
import { newMachine, START, TICK } from '../model/history.ts';
import { RealInstallation, type Mutation } from '../model/real-installation.ts';
import { heldOf, sell, setTime, type CampaignServer, type Held } from './server.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** One device with its purchases and the person who uses it, with the program and the server as they are. */

type OfflineDeed =
  { readonly do: 'request'; readonly purchase: number } | { readonly do: 'import' | 'leave' };

export type Deed =
  | { readonly do: 'activate'; readonly purchase: number }
  | { readonly do: 'refresh' | 'pullState' | 'deactivate' | 'reconcile' | 'restart' | 'background' }
  | OfflineDeed
  | { readonly do: 'feature'; readonly change: FeatureChange }
  | { readonly do: 'vendor'; readonly purchase: number; readonly disable: boolean }
  | { readonly do: 'wait'; readonly hours: number };

/** How a deed went. */
export interface Taken {
  /** `ok`, or the code of what came of it. */
  readonly outcome: string;
  /** What the server was called for, by the names of the contract. */
  readonly calls: readonly string[];
}

/** What the installation has and shows. */
export interface Told {
  readonly view: LicenseView;
  readonly record: LicenseRecord | null;
  readonly journal: Journal | null;
  readonly certificates: Identities;
}

export interface Situation {
  readonly told: Told;
  readonly held: Held;
  readonly now: number;
}

const outcomeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

export class World {
  #now = START;
  readonly server: CampaignServer;
  readonly bought: readonly Purchase[];
  readonly app: RealInstallation;
  readonly #dir: string;
  /** Purchases whose offline seat the portal has given for a request of this device. */
  readonly answered = new Set<string>();
  #response: string | null = null;

  private constructor(server: CampaignServer, bought: readonly Purchase[], dir: string, mutation: Mutation) {
    this.server = server;
    this.bought = bought;
    this.#dir = dir;
    const dataDir = path.join(dir, 'data');
    mkdirSync(dataDir, { recursive: true });
    const { api } = clientOf(server.api, {
      around: (transport) =>
        patientTransport(transport, {
          clock: systemClock,
          random: systemRandom,
          log: SILENT,
          deadline: DEFAULT_LIMITS.deadline,
        }),
    });
    this.app = new RealInstallation(
      {
        dataDir,
        profile: server.api.profile,
        api,
        now: () => this.#now,
        elapsed: () => this.#now - START,
        mutation,
      },
      newMachine('A'),
    );
  }

  /** @param dir a folder that is not there yet */
  static async open(server: CampaignServer, dir: string, mutation: Mutation): Promise<World> {
    return new World(server, await sell(server), dir, mutation);
  }

  async close(): Promise<void> {
    await this.app.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Carries a deed out while answers get lost. */
  async carryOut(deed: Deed, mishaps: readonly (Cut | 'question' | null)[] = []): Promise<Taken> {
    this.#now += TICK;
    setTime(this.server.api, this.#now);
    const { faults } = this.server.api;
    faults.clear();
    for (const mishap of mishaps) {
      if (mishap === null) faults.next({ kind: 'delay', milliseconds: 0 });
      else faults.next(mishap === 'question' ? { kind: 'cutBefore' } : { kind: 'cutAt', cut: mishap });
    }
    this.server.calls();
    const outcome = await this.#carryOut(deed);
    faults.clear();
    return { outcome, calls: this.server.calls() };
  }

  async look(): Promise<Situation> {
    const vault = await this.app.engine.vault();
    if (!vault.ok) throw new Error(`the vault can not be opened: ${vault.error.code}`);
    const { productId } = this.app;
    const record = await vault.value.read(productId, licenseRecordSchema);
    const journal = await vault.value.read(journalName(productId), journalSchema);
    const certificates = await vault.value.read(identitiesName(productId), identitiesSchema);
    if (!record.ok || !journal.ok || !certificates.ok) throw new Error('the vault can not be read');
    return {
      told: {
        view: await this.app.view(),
        record: record.value?.value ?? null,
        journal: journal.value?.value ?? null,
        certificates: certificates.value?.value ?? NO_IDENTITIES,
      },
      held: heldOf(this.server.api, this.bought),
      now: this.#now,
    };
  }

  entitlementOf(code: string): string {
    return this.bought.find((one) => one.code === code)?.id ?? '';
  }

  async #carryOut(deed: Deed): Promise<string> {
    const { license, productId } = this.app;
    switch (deed.do) {
      case 'activate':
        return outcomeOf(await license.activate({ productId, code: typedCode(this.#code(deed.purchase)) }));
      case 'feature':
        return outcomeOf(await license.changeFeature(productId, deed.change));
      case 'refresh':
      case 'pullState':
      case 'deactivate':
      case 'reconcile':
        return outcomeOf(await license[deed.do](productId));
      case 'restart':
        await this.app.restart();
        // As every start does it.
        return outcomeOf(await this.app.license.reconcile(productId));
      case 'background':
        await this.#background();
        return 'ok';
      case 'vendor': {
        const { id = '' } = this.bought[deed.purchase] ?? {};
        this.server.api.store.entitlements.setDisabled(id, deed.disable);
        return 'ok';
      }
      case 'wait':
        this.#now += deed.hours * 60 * 60_000;
        setTime(this.server.api, this.#now);
        return 'ok';
      default:
        return this.#offline(deed);
    }
  }

  #code(purchase: number): string {
    return this.bought[purchase]?.code ?? '';
  }

  /** What the window does unasked once in a minute. */
  async #background(): Promise<void> {
    const license = createLicenseService({ ...this.app.engine, unasked: true });
    const background = createBackgroundRefresh({
      look: async () => ({ now: this.#now, licenses: [await this.app.view()] }),
      call: (call, productId) => license[call](productId),
      isOnline: () => true,
      // The same each time.
      random: { ...systemRandom, bytes: (length) => new Uint8Array(length).fill(128) },
      log: SILENT,
    });
    await background.tick();
  }

  async #offline(deed: OfflineDeed): Promise<string> {
    const { offline, productId } = this.app;
    const portal = portalOf(this.server.api.profile);
    switch (deed.do) {
      case 'request': {
        const code = this.#code(deed.purchase);
        this.#response = null;
        const made = await offline.makeRequest({ productId, code: typedCode(code) });
        if (!made.ok) return made.error.code;
        const { code: said, token } = await portal.send(made.value.armored);
        if (token === null) return said;
        this.#response = token;
        this.answered.add(this.entitlementOf(code));
        return 'ok';
      }
      case 'import': {
        if (this.#response === null) return 'nothing';
        const imported = await offline.importToken(this.#response);
        if (imported.ok) this.#response = null;
        return outcomeOf(imported);
      }
      case 'leave': {
        const made = await offline.deactivate(productId);
        if (!made.ok) return made.error.code;
        const { code } = await portal.send(made.value.armored);
        // The seat is free already where an activation whose answer was lost has taken its place meanwhile.
        const isTaken = code === 'ok' || code === 'tokenReplayed';
        return isTaken ? outcomeOf(await offline.clearReceipt(productId, made.value.id)) : code;
      }
    }
  }
}
