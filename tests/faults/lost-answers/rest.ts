import { unknownSeats } from './rules.ts';
import type { Deed, Taken, World } from './world.ts';

/** The end of a story: the network is well, the vendor relents, and everything that was begun is finished. */

/** @returns a sentence for everything that is not as it has to be in the end */
export async function comeToRest(
  world: World,
  take: (deed: Deed) => Promise<Taken>,
): Promise<readonly string[]> {
  for (const purchase of world.bought.keys()) await take({ do: 'vendor', purchase, disable: false });
  // What one start finishes, the next may have to give back.
  for (let start = 0; start < 2; start += 1) await take({ do: 'restart' });
  const found: string[] = [];
  const { told } = await world.look();
  const { record, journal } = told;
  if ((record?.releases.length ?? 0) > 0) found.push('the seat of an earlier activation was not given back');
  // Not while a response may be on its way whose seat it would be.
  if ((record?.withdrawals?.length ?? 0) > 0 && record?.exchange.requests.length === 0) {
    found.push('a seat was not withdrawn');
  }
  if (journal !== null && journal.kind !== 'call') found.push(`an intent was left open: ${journal.kind}`);
  if (told.view.activation?.mode === 'online') found.push(...(await useAndLeave(world, take)));
  else if (told.view.activation !== null) await take({ do: 'leave' });
  const end = await world.look();
  const left = end.held.seats.filter(
    ({ mode, entitlementId }) => !(mode === 'offline' && world.answered.has(entitlementId)),
  );
  const isLeft = left.length > 0 && (record?.withdrawals?.length ?? 0) === 0;
  if (isLeft) found.push(`given back, and held still: ${left.map(({ id }) => id).join(', ')}`);
  return [...found, ...unknownSeats(world, end)];
}

/** The chain of nonces has to be whole, and the seat to be given back for good. */
async function useAndLeave(world: World, take: (deed: Deed) => Promise<Taken>): Promise<readonly string[]> {
  const found: string[] = [];
  const { actions } = (await world.look()).told.view;
  // The vendor has enabled again what was on hold: the state is asked for first, as the window does.
  if (!actions.includes('refresh') && actions.includes('pullState')) await take({ do: 'pullState' });
  const { outcome: repaired } = await take({ do: 'refresh' });
  if (repaired !== 'ok') found.push(`the activation can not be used: ${repaired}`);
  const { outcome: again, calls } = await take({ do: 'refresh' });
  if (again !== 'ok' || calls.includes('activate') || calls.includes('issueClientCertificate'))
    found.push(`the chain is broken: ${again}, ${calls.join()}`);
  if ((await world.look()).told.journal !== null) found.push('a call was left open');
  const { outcome: left } = await take({ do: 'deactivate' });
  if (left !== 'ok') found.push(`the seat can not be given back: ${left}`);
  return found;
}
