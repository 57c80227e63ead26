import { randomBytes, randomUUID } from 'node:crypto';
import { knownFactors } from '../../electron/fingerprint/drift-policy.ts';
import type { FactorDigests, FactorName, Fingerprint, MachineKey } from '../../electron/fingerprint/types.ts';
import { judge, type Observation } from '../../electron/license/observe.ts';
import { EMPTY_RECORD, type LicenseRecord } from '../../electron/license/records.ts';
import type { Random } from '../../electron/ports.ts';
import { unwrapForMachine, wrapForMachine } from '../../electron/vault/key-wrap.ts';
import type { VaultCondition } from '../../electron/vault/types.ts';
import { failure } from '../../shared/errors.ts';
import { parseProfile } from '../../shared/profile.ts';
import { mayHaveSeat } from '../licensing-api/policy/fingerprint.ts';
import { minimalProfile } from '../unit/shared/profile-sample.ts';
import { activation, NOW } from '../unit/shared/sample-license.ts';

/*
 * What becomes of a license when its device changes, found out by asking those who decide: the wrap of the vault's key,
 * the state derivation, and the reference server's policy.
 */

/** A device as it was enrolled, and what is different now. */
export interface Change {
  readonly changed: readonly FactorName[];
  /** Factors that can't be read now. */
  readonly hidden?: readonly FactorName[];
}

export interface Outcome {
  readonly vaultOpens: boolean;
  readonly state: string;
  /** Codes of the reasons that the device is to blame for. */
  readonly reasons: readonly string[];
  /** Whether the server would give the device the seat that it had. */
  readonly seatIsGiven: boolean;
}

const random: Random = { bytes: (length) => new Uint8Array(randomBytes(length)), uuid: () => randomUUID() };
const NO_HINT = { detected: false, kind: null, evidence: [] } as const;
const DEVICE_REASONS = ['deviceChanged', 'deviceDrifted', 'deviceUnread', 'clonedImageSuspected'];

const parsed = parseProfile(minimalProfile());
if (!parsed.ok) throw new Error('the sample profile is not valid');
const profile = parsed.value;

const HELD: LicenseRecord = {
  ...EMPTY_RECORD,
  activation: { ...activation(), features: [], attributes: [] },
};

const generationOf = (name: FactorName, { changed }: Change): number => (changed.includes(name) ? 1 : 0);
const visible = (enrolled: readonly FactorName[], { hidden = [] }: Change): readonly FactorName[] =>
  enrolled.filter((name) => !hidden.includes(name));

const digestsOf = (names: readonly FactorName[], change: Change): FactorDigests =>
  Object.fromEntries(names.map((name) => [name, `${name} ${generationOf(name, change)}`]));
const keysOf = (names: readonly FactorName[], change: Change): readonly MachineKey[] =>
  names.map((name) => ({
    name,
    material: new Uint8Array(32).fill(name.length * 16 + name.charCodeAt(0) + generationOf(name, change)),
  }));

const NOTHING: Change = { changed: [] };

function conditionOf(enrolled: readonly FactorName[], change: Change): VaultCondition {
  const sealing = { key: random.bytes(32), kid: '0123456789abcdef' };
  const wrap = wrapForMachine(sealing, keysOf(enrolled, NOTHING), random);
  if (wrap === null) throw new Error('a device without factors');
  const opened = unwrapForMachine(sealing.kid, wrap, keysOf(visible(enrolled, change), change));
  const problem = opened.ok ? null : opened.error;
  if (problem === 'damaged') throw new Error('a wrap that was not touched is damaged');
  return {
    keyring: 'strong',
    vault: opened.ok ? 'good' : 'unavailable',
    provider: opened.ok ? 'machine' : null,
    backend: 'none',
    keyProblem: problem,
    drifted: opened.ok && opened.value.drifted,
    witness: 'good',
    setAside: [],
  };
}

/** @param enrolled the factors that the device showed when its seat was taken */
export function outcomeOf(enrolled: readonly FactorName[], change: Change): Outcome {
  const stored = digestsOf(enrolled, NOTHING);
  const present = digestsOf(visible(enrolled, change), change);
  const condition = conditionOf(enrolled, change);
  const vaultOpens = condition.keyProblem === null;
  const fingerprint: Fingerprint = {
    factors: present,
    machineKeys: [],
    unreadable: [...(change.hidden ?? [])],
    pending: [],
    seatId: 'seat',
    virtualMachine: NO_HINT,
    container: NO_HINT,
    clonedImage: NO_HINT,
  };
  const observation: Observation = {
    profile,
    record: vaultOpens ? HELD : null,
    device: vaultOpens ? { schema: 1, seatId: 'seat', enrolled: stringsOf(stored), mark: NOW } : null,
    journal: null,
    problem: vaultOpens ? null : failure('vaultKeyUnavailable'),
    condition,
    fingerprint,
    lastContact: null,
    clock: { now: NOW, behindBy: 0, ahead: null },
  };
  const { state, reasons } = judge(observation);
  return {
    vaultOpens,
    state,
    reasons: reasons.map(({ code }) => code).filter((code) => DEVICE_REASONS.includes(code)),
    seatIsGiven: mayHaveSeat(
      stringsOf(stored),
      stringsOf(vaultOpens ? knownFactors(stored, present) : present),
    ),
  };
}

function stringsOf(digests: FactorDigests): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([name, digest]) => [name, digest ?? '']));
}
