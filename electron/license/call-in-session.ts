import type { Activation } from '../../shared/license/types.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Transaction } from '../vault/types.ts';
import { certify, certifyAnew, inOwnWords, mayTakeAnew } from './certify.ts';
import type { Ledger } from './ledger.ts';
import { callInChain, type Learned, type SessionCall, type SessionOptions } from './session.ts';
import { enrols } from './shown-certificate.ts';
import type { CallOutcome } from './take-seat.ts';

/**
 * Makes one call of an activation in the nonce chain (session.ts), with its client certificate where devices have any
 * (certify.ts).
 */
export async function callInSession<T>(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  call: SessionCall<T>,
  apply: (activation: Activation, value: T) => Learned,
): Promise<Result<CallOutcome>> {
  const certified = await certify(options, transaction, ledger);
  if (!certified.ok || certified.value.failure !== null) return certified;
  const first = await callInChain(options, transaction, certified.value.ledger, call, apply);
  if (!first.ok || first.value.failure?.code !== 'clientCertificateRequired') return first;
  if (!enrols(options.certificates)) return ok(inOwnWords(options, first.value));
  const may = mayTakeAnew(options, ledger);
  const anew = await certifyAnew(options, transaction, first.value, may);
  if (!anew.ok || anew.value.failure !== null) return anew;
  const again = await callInChain(options, transaction, anew.value.ledger, call, apply);
  return again.ok ? ok(inOwnWords(options, again.value)) : again;
}
