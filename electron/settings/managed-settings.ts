import { X509Certificate } from 'node:crypto';
import { failure, type Failure } from '../../shared/errors.ts';
import { parsePolicy, type Deniable, type ManagedPolicy } from '../../shared/managed-policy.ts';
import { ACTIONS } from '../../shared/license/actions.ts';
import type { Limits } from '../../shared/license/limits.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import type { OwnFile } from '../support/own-file.ts';

/** Where the administrator's policy is read from. */
export interface PolicySource {
  /** Another text whenever the file may have changed. Cheap: it is asked before every call. */
  readonly stamp: () => string;
  /** `foreign`: others than administrators could have written it. */
  readonly read: () => OwnFile;
}

/** What an administrator has decided; all of it null where there is no policy or it can't be obeyed. */
export interface PolicyState {
  readonly policy: ManagedPolicy | null;
  /** Why the file that is there can't be obeyed: a field and the rule it breaks, or what is wrong with the file. */
  readonly problem: string | null;
}

export interface PolicyFile {
  /** As the file is now. */
  readonly current: () => PolicyState;
  readonly limits: () => Limits;
  /** PEM of the roots that it adds. */
  readonly roots: () => readonly string[];
  /** Why something that is no action on a license may not be done; null = it may. */
  readonly refusalOf: (what: Deniable) => Failure | null;
}

const NONE: PolicyState = { policy: null, problem: null };

/** Opens the policy of a machine; null = this installation knows none. It is read anew whenever it has changed. */
export function openPolicy(source: PolicySource | null, log: Log): PolicyFile {
  let stamp: string | null = null;
  let state = NONE;
  const current = (): PolicyState => {
    if (source === null) return NONE;
    const now = source.stamp();
    if (now === stamp) return state;
    stamp = now;
    const read = policyIn(source.read());
    state = read.ok ? { policy: read.value, problem: null } : { policy: null, problem: read.error };
    if (state.problem !== null)
      log.error('The policy of this device can not be obeyed', { problem: state.problem });
    else if (state.policy !== null) log.info('The policy of this device was read');
    return state;
  };
  return {
    current,
    limits: () => {
      const { policy, problem } = current();
      return {
        denied: ACTIONS.filter((action) => policy?.deny?.includes(action) === true),
        virtualMachinesForbidden: policy?.virtualMachines === 'forbidden',
        invalid: problem,
      };
    },
    roots: () => {
      const { policy } = current();
      return policy?.ca === undefined ? [] : [policy.ca];
    },
    refusalOf: (what) => {
      const { policy, problem } = current();
      if (problem !== null) return failure('policyInvalid', { field: problem });
      return policy?.deny?.includes(what) === true ? failure('deniedByPolicy') : null;
    },
  };
}

function policyIn(file: OwnFile): Result<ManagedPolicy | null, string> {
  switch (file.kind) {
    case 'absent':
      return ok(null);
    case 'foreign':
      return err('others than administrators can write to the file');
    case 'unreadable':
      return err('can not be read');
    case 'damaged':
      return err('is not a text file of at most 256 KiB');
    case 'text':
      break;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(file.text);
  } catch {
    // Not the parser's own message: it quotes the file.
    return err('is not JSON');
  }
  const policy = parsePolicy(parsed);
  if (!policy.ok) return policy;
  const { ca, server } = policy.value;
  if (ca !== undefined && !areCertificates(ca)) return err('ca: must be certificates in PEM');
  const isServerGood = server?.kind !== 'local' || server.ca === undefined || areCertificates(server.ca);
  return isServerGood ? policy : err('server.ca: must be certificates in PEM');
}

/** One that can't be read would make every connection fail, with nobody knowing why. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  try {
    return blocks.length > 0 && blocks.every((block) => new X509Certificate(block).raw.length > 0);
  } catch {
    return false;
  }
}
