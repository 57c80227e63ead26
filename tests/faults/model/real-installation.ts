import { assembleEngine } from '../../support/engine.ts';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LicensingApi as Client } from '../../../electron/api/client.ts';
import type { Fingerprint, Hint } from '../../../electron/fingerprint/types.ts';
import { createLicenseService, type LicenseService } from '../../../electron/license/service.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { viewLicense } from '../../../electron/license/view.ts';
import { createOfflineService, type OfflineService } from '../../../electron/offline/service.ts';
import type { VaultParts } from '../../../electron/vault/vault.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import {
  BESIDE_THE_POINT,
  FACTORS,
  seatIdOf,
  type Claim,
  type Damageable,
  type Hardware,
  type Shown,
} from './history.ts';

/** An installation as it is: engine, vault and files in a folder of its own. */

const NO_HINT: Hint = { detected: false, kind: null, evidence: [] };

/** What the application reads of a machine. */
function fingerprintOf(hardware: Hardware): Fingerprint {
  return {
    factors: Object.fromEntries(FACTORS.map((name) => [name, `${name}-${hardware[name]}`.padEnd(43, '_')])),
    machineKeys: FACTORS.map((name) => ({ name, material: new Uint8Array(32).fill(hardware[name]) })),
    unreadable: [],
    pending: [],

    seatId: seatIdOf(hardware),
    virtualMachine: NO_HINT,
    container: NO_HINT,
    clonedImage: NO_HINT,
  };
}

/** Exchanges parts of the program, so that the comparison can be shown to notice. */
export interface Mutation {
  readonly engine?: (engine: EngineOptions) => EngineOptions;
  readonly parts?: (dir: string) => Partial<VaultParts>;
}

export interface InstallationOptions {
  readonly dataDir: string;
  readonly profile: VendorProfile;
  readonly api: Client;
  /** The machine's clock. */
  readonly now: () => number;
  /** What the clock shows that nobody can set. */
  readonly elapsed: () => number;
  readonly mutation: Mutation;
}

interface Running {
  readonly engine: EngineOptions;
  readonly license: LicenseService;
  readonly offline: OfflineService;
}

export class RealInstallation {
  readonly #options: InstallationOptions;
  readonly productId: string;
  #hardware: Hardware;
  #running: Running;

  constructor(options: InstallationOptions, hardware: Hardware) {
    this.#options = options;
    this.productId = options.profile.products[0]?.productId ?? '';
    this.#hardware = hardware;
    this.#running = this.#start();
  }

  get engine(): EngineOptions {
    return this.#running.engine;
  }

  get license(): LicenseService {
    return this.#running.license;
  }

  get offline(): OfflineService {
    return this.#running.offline;
  }

  /** A new process, on this machine or, for a clone, on another. */
  async restart(hardware = this.#hardware): Promise<void> {
    await this.stop();
    this.#hardware = hardware;
    this.#running = this.#start();
  }

  async stop(): Promise<void> {
    const vault = await this.#running.engine.vault();
    if (vault.ok) vault.value.close();
  }

  #start(): Running {
    const { dataDir, profile, api, now, elapsed, mutation } = this.#options;
    const assembled = assembleEngine({
      dataDir,
      profile,
      api,
      fingerprint: fingerprintOf(this.#hardware),
      clockOffset: () => now() - Date.now(),
      elapsed: () => elapsed() - performance.now(),
      ...(mutation.parts === undefined ? {} : { parts: mutation.parts(path.join(dataDir, 'vault')) }),
    });
    const engine = mutation.engine?.(assembled) ?? assembled;
    return { engine, license: createLicenseService(engine), offline: createOfflineService(engine) };
  }

  async view(): Promise<LicenseView> {
    const [product] = this.#options.profile.products;
    if (product === undefined) throw new Error('no product');
    return (await viewLicense(this.#running.engine, product, null)).view;
  }

  async show(): Promise<{ readonly shown: Shown; readonly claim: Claim | null }> {
    const { state, reasons, actions, offline, activation } = await this.view();
    const codes = reasons.map(({ code }) => code).filter((code) => !BESIDE_THE_POINT.has(code));
    const shown = {
      state,
      reasons: codes.toSorted(),
      actions: actions.toSorted(),
      mode: activation?.mode ?? null,
      receipts: offline.receipts.length,
      requests: offline.requests.length,
    };
    if (activation === null) return { shown, claim: null };
    const { id: activationId, leaseExpiry } = activation;
    return { shown, claim: { activationId, state, leaseExpiry, now: this.#options.now() } };
  }

  get #vault(): string {
    return path.join(this.#options.dataDir, 'vault');
  }

  get #snapshot(): string {
    return `${this.#options.dataDir}-snapshot`;
  }

  keepSnapshot(): void {
    rmSync(this.#snapshot, { recursive: true, force: true });
    cpSync(this.#options.dataDir, this.#snapshot, { recursive: true });
  }

  /**
   * The witness goes back with the vault, as in a backup of all of it. Of a vault that is put back alone the witness
   * tells at once; tests/integration/vault/witness.test.ts is about that.
   * @returns whether there was one
   */
  putSnapshotBack(): boolean {
    if (!existsSync(this.#snapshot)) return false;
    for (const name of ['vault', 'witness']) {
      const kept = path.join(this.#snapshot, name);
      const target = path.join(this.#options.dataDir, name);
      rmSync(target, { recursive: true, force: true });
      if (existsSync(kept)) cpSync(kept, target, { recursive: true });
    }
    return true;
  }

  copyTo(other: RealInstallation): void {
    const { dataDir } = other.#options;
    rmSync(dataDir, { recursive: true, force: true });
    cpSync(this.#options.dataDir, dataDir, { recursive: true });
  }

  get hardware(): Hardware {
    return this.#hardware;
  }

  damage(file: Damageable, both: boolean): void {
    const names = {
      license: this.productId,
      device: 'device',
      journal: `journal-${this.productId}`,
      keys: 'keys',
    };
    for (const end of both ? ['.json', '.copy.json'] : ['.json']) {
      const target = path.join(this.#vault, names[file] + end);
      if (existsSync(target)) writeFileSync(target, 'x');
    }
  }
}
