import type { Material } from './material.ts';
import { run as open } from './open-with-jose.ts';
import { sealAndStore } from './seal-and-store.ts';

/** Opens the response and stores what came with it; throws unless the token is good. */
export async function run(material: Material): Promise<void> {
  await open(material);
  await sealAndStore(material.token);
}
