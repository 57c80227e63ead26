import { ok, type Result } from '../../shared/result.ts';
import { markAfterLooking, worthWriting } from './clock-policy.ts';
import { writeDevice, type Ledger } from './ledger.ts';
import { DEVICE, deviceRecordSchema } from './records.ts';
import { takeTurn, type EngineOptions, type Turn } from './turn.ts';

/**
 * Raises the high-water mark to the local clock, where it has moved enough. Threat: whoever never lets the program
 * reach a server could otherwise put the clock back to the last contact again and again, and a lease would not end.
 */
export async function keepTime(engine: EngineOptions): Promise<Result<null>> {
  const [product] = engine.profile.products;
  const vault = await engine.vault();
  if (product === undefined || !vault.ok) return ok(null);
  // Looked at without the lock first: most of the time there is nothing to write.
  const device = await vault.value.read(DEVICE, deviceRecordSchema);
  if (!device.ok || device.value === null) return ok(null);
  const { mark } = device.value.value;
  if (!worthWriting(mark, markAfterLooking(mark, engine.clock.now()))) return ok(null);
  return takeTurn(engine, product.productId, raiseMark);
}

async function raiseMark({ options, transaction }: Turn, ledger: Ledger): Promise<Result<null>> {
  const { device } = ledger;
  if (device === null) return ok(null);
  const mark = markAfterLooking(device.mark, options.clock.now());
  const written = await writeDevice(transaction, ledger, { ...device, mark });
  return written.ok ? ok(null) : written;
}
