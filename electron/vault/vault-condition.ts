import type { Failure } from '../../shared/errors.ts';
import type { KeyRingInForce } from './key-file.ts';
import type { KeyState } from './keys.ts';
import { DEVICE } from './names.ts';
import type { VaultCondition } from './types.ts';

type Health = VaultCondition['vault'];

/** Worst first. */
const HEALTH: readonly Health[] = [
  'newer',
  'unsafe',
  'unavailable',
  'failing',
  'damaged',
  'rolledBack',
  'readOnly',
  'full',
  'recovered',
  'good',
];

/** Remembers what was met, for `Vault.condition`. */
export interface ConditionBook {
  readonly noteRead: (name: string, outcome: 'good' | 'recovered' | Failure) => void;
  readonly noteWrite: (outcome: 'good' | Failure) => void;
  readonly noteAside: (fileName: string) => void;
  readonly noteKey: (state: KeyState, ring: KeyRingInForce) => void;
  readonly condition: (name?: string) => VaultCondition;
}

/** What the book asks instead of being told: the vault knows it at any time. */
export interface ConditionSources {
  /** Names of the records that are older than they should be. */
  readonly outdated: ReadonlySet<string>;
  readonly witness: () => VaultCondition['witness'];
}

function healthOf(outcome: 'good' | 'recovered' | Failure): Health | null {
  if (typeof outcome === 'string') return outcome;
  if (outcome.code === 'vaultDamaged') return 'damaged';
  if (outcome.code === 'vaultNewer') return 'newer';
  if (outcome.code === 'vaultStorageFailed') return 'failing';
  if (outcome.code === 'vaultUnsafe') return 'unsafe';
  return outcome.code === 'vaultKeyUnavailable' ? 'unavailable' : null;
}

function keyHealth(state: KeyState): Health {
  if (state.kind === 'failed') return healthOf(state.error) ?? 'unavailable';
  if (state.kind !== 'problem') return 'good';
  if (state.problem === 'lost') return 'damaged';
  return state.problem === 'newer' ? 'newer' : 'unavailable';
}

function keyringWord(state: KeyState, ring: KeyRingInForce): VaultCondition['keyring'] {
  if (state.kind === 'open') {
    if (state.key.backendChanged) return 'changed';
    return state.key.provider === 'keyring' ? 'strong' : 'weak';
  }
  // Asked and not answered yet, it is the one that guards the key.
  if (state.kind === 'problem' && state.problem === 'keyringSilent') return 'strong';
  const gone = state.kind === 'problem' && state.problem.startsWith('keyring');
  if (gone) return 'changed';
  return ring.strong ? 'strong' : 'weak';
}

export function createConditionBook({ outdated, witness }: ConditionSources): ConditionBook {
  const records = new Map<string, Health>();
  const aside: string[] = [];
  let writing: Extract<Health, 'good' | 'readOnly' | 'full'> = 'good';
  let key: { readonly state: KeyState; readonly ring: KeyRingInForce } | null = null;
  let backendChanged = false;

  return {
    noteRead: (name, outcome) => {
      const health = healthOf(outcome);
      // Once recovered stays so in this process, for the user to hear of it; the file itself is mended.
      if (health === null || (health === 'good' && records.get(name) === 'recovered')) return;
      records.set(name, health);
    },
    noteWrite: (outcome) => {
      if (outcome === 'good') writing = 'good';
      else if (outcome.code === 'vaultReadOnly') writing = 'readOnly';
      else if (outcome.code === 'vaultDiskFull') writing = 'full';
    },
    noteAside: (fileName) => {
      if (!aside.includes(fileName)) aside.push(fileName);
    },
    noteKey: (state, ring) => {
      key = { state, ring };
      if (state.kind === 'open' && state.key.backendChanged) backendChanged = true;
    },
    condition: (name) => {
      const state: KeyState = key?.state ?? { kind: 'absent' };
      const met: Health[] = [keyHealth(state), writing];
      for (const [record, health] of records) if (name === undefined || record === name) met.push(health);
      // The device's record holds the time for every product.
      for (const record of outdated) {
        if (name === undefined || record === name || record === DEVICE) met.push('rolledBack');
      }
      const word = key === null ? 'weak' : keyringWord(key.state, key.ring);
      return {
        keyring: backendChanged ? 'changed' : word,
        vault: HEALTH.find((health) => met.includes(health)) ?? 'good',
        provider: state.kind === 'open' ? state.key.provider : null,
        backend: key?.ring.backend ?? 'none',
        keyProblem: state.kind === 'problem' ? state.problem : null,
        drifted: state.kind === 'open' && state.key.drifted,
        witness: witness(),
        setAside: [...aside],
      };
    },
  };
}
