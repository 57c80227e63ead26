import { ok, type Result } from '../../shared/result.ts';
import { worthWriting } from './clock-policy.ts';
import { keptTimeOf, withTime } from './device-time.ts';
import { writeDevice, type Ledger } from './ledger.ts';
import { DEVICE, deviceRecordSchema } from './records.ts';
import { takeTurn, type EngineOptions, type Turn } from './turn.ts';

/** Whoever has the vault for longer is making calls, and will be done before the next look. */
const LOCK_TIMEOUT = 2000;

/**
 * Looks at the local clock and keeps what comes of it, where it has moved enough. Threat: whoever never lets the
 * program reach a server could otherwise put the clock back to the last contact again and again, and a lease would
 * not end.
 */
export async function keepTime(engine: EngineOptions): Promise<Result<null>> {
  const [product] = engine.profile.products;
  const vault = await engine.vault();
  if (product === undefined || !vault.ok) return ok(null);
  // Looked at without the lock first: most of the time there is nothing to write.
  const device = await vault.value.read(DEVICE, deviceRecordSchema);
  if (!device.ok || device.value === null) return ok(null);
  const kept = keptTimeOf(device.value.value);
  if (!worthWriting(kept, engine.time.look(kept))) return ok(null);
  return takeTurn(engine, product.productId, keepLook, { timeoutMs: LOCK_TIMEOUT });
}

async function keepLook({ options, transaction }: Turn, ledger: Ledger): Promise<Result<null>> {
  const { device } = ledger;
  if (device === null) return ok(null);
  const kept = options.time.look(keptTimeOf(device));
  const written = await writeDevice(transaction, ledger, withTime(device, kept));
  return written.ok ? ok(null) : written;
}
