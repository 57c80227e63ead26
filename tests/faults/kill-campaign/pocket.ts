import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

const carriedSchema = v.strictObject({
  kind: v.picklist(['response', 'refresh']),
  /** Id of the request that a response answers, or of the activation that a refresh is for. */
  about: v.string(),
  token: v.string(),
});

type Carried = v.InferOutput<typeof carriedSchema>;

/** What a person carries between the device and the portal; it survives whatever happens to the device. */
export interface Pocket {
  /** Tokens of the portal, oldest first, by the name of their file. */
  readonly tokens: () => readonly (Carried & { readonly name: string })[];
  readonly put: (carried: Carried) => void;
  /** Whether the portal has taken the deactivation of a receipt. */
  readonly isDelivered: (receipt: string) => boolean;
  readonly noteDelivered: (receipt: string) => void;
}

export function openPocket(dir: string): Pocket {
  mkdirSync(dir, { recursive: true });
  const names = () => readdirSync(dir).toSorted();
  const ofTokens = () => names().filter((name) => name.startsWith('token-'));
  return {
    tokens: () =>
      ofTokens().map((name) => ({
        name,
        ...v.parse(carriedSchema, JSON.parse(readFileSync(path.join(dir, name), 'utf8'))),
      })),
    put: (carried) => {
      const name = `token-${String(ofTokens().length).padStart(4, '0')}`;
      writeFileSync(path.join(dir, name), JSON.stringify(carried));
    },
    isDelivered: (receipt) => names().includes(`delivered-${receipt}`),
    noteDelivered: (receipt) => {
      writeFileSync(path.join(dir, `delivered-${receipt}`), '');
    },
  };
}
