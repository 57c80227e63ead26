import type { Material } from './material.ts';
import { run as open } from './open-with-node-crypto.ts';
import { sealAndStore } from './seal-and-store.ts';

/** Opens the response and stores what came with it; throws unless the token is good. */
export async function run(material: Material): Promise<void> {
  open(material);
  await sealAndStore(material.token);
}
