import { ERRORS, failure, type Failure } from '../../shared/errors.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { giveSeatBack } from './deactivate.ts';
import { checkOutLicenseFile } from './follow-up.ts';
import type { Ledger } from './ledger.ts';
import type { CallOutcome } from './take-seat.ts';
import type { Turn } from './turn.ts';
import { believed, isProven } from './vendor-proof-policy.ts';

/**
 * Has a seat that was taken at a local server proved to be the vendor's (vendor-proof-policy.ts), in the same operation.
 * One that is not is given back, so that nothing stays taken for nothing.
 * @returns Errors: `localServerNotVendors`, those of a connection that was lost meanwhile
 */
export async function demandProof(turn: Turn, taken: CallOutcome): Promise<Result<CallOutcome>> {
  if (!isUnproven(turn, taken.ledger)) return ok(taken);
  const asked = await checkOutLicenseFile(turn, taken);
  if (!asked.ok) return asked;
  const { ledger, failure: trouble } = asked.value;
  // The seat was lost meanwhile: nothing is left to prove or to give back.
  if (ledger.record.activation === null) return asked;
  if (!isUnproven(turn, ledger)) return ok({ ...asked.value, failure: null });
  const { productId } = turn.product;
  turn.options.log.warn('a local server has not proved to be the vendor’s', {
    productId,
    code: trouble?.code ?? null,
  });
  const released = await giveSeatBack(turn, ledger);
  if (!released.ok)
    turn.options.log.warn('its seat could not be given back yet', { code: released.error.code });
  return err(isOfConnection(trouble) ? trouble : notVendors(ledger.record.server));
}

/** Has the lease that a local server has renewed proved, or tells why it does not count. */
export async function proveLease(turn: Turn, renewed: CallOutcome): Promise<Result<CallOutcome>> {
  if (renewed.ledger.record.server === undefined) return ok(renewed);
  const asked = await checkOutLicenseFile(turn, renewed);
  if (!asked.ok || asked.value.ledger.record.activation === null) return asked;
  const { record } = asked.value.ledger;
  const counted = believed(record, aboutOf(turn)).activation?.leaseExpiry;
  const isProved = counted === record.activation?.leaseExpiry;
  return ok({
    ...asked.value,
    failure: isProved ? null : (asked.value.failure ?? notVendors(record.server)),
  });
}

/** Whether a local server holds the activation and has not proved to be the vendor's. */
export function isUnproven(turn: Turn, { record }: Ledger): boolean {
  return !isProven(record, aboutOf(turn));
}

function aboutOf({ profile, product }: Turn) {
  return { profile, productId: product.productId };
}

function notVendors(server: LocalServer | undefined): Failure {
  return failure('localServerNotVendors', server === undefined ? {} : { host: new URL(server.url).host });
}

/** Whether the file could not be asked for, which says nothing about whose server it is. */
function isOfConnection(trouble: Failure | null): trouble is Failure {
  const exit = trouble === null ? 0 : ERRORS[trouble.code].exit;
  return exit >= ERRORS.networkUnavailable.exit && exit <= ERRORS.tlsFailed.exit;
}
