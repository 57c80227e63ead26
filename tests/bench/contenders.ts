import type { Material } from './material.ts';

/** Throws unless what it was given is good. */
export type Work = (material: Material) => void | Promise<void>;

type Load = () => Promise<{ readonly run: Work }>;

/**
 * Who does what. Each has a file of its own and is loaded only when asked: what it takes to load is part of what it
 * takes when cold. License files are no JOSE.
 */
export const TASKS = {
  'Open an activation response: recognise, decrypt, verify, parse': {
    Latchkey: () => import('./open-with-latchkey.ts'),
    jose: () => import('./open-with-jose.ts'),
    'node:crypto': () => import('./open-with-node-crypto.ts'),
  },
  'Import an activation response: open, seal, store durably': {
    Latchkey: () => import('./import-with-latchkey.ts'),
    jose: () => import('./import-with-jose.ts'),
    'node:crypto': () => import('./import-with-node-crypto.ts'),
  },
  'Check a license file: verify, parse, dates': {
    Latchkey: () => import('./check-with-latchkey.ts'),
    'node:crypto': () => import('./check-with-node-crypto.ts'),
  },
} as const satisfies Record<string, Record<string, Load>>;

/** The work of a contender. Throws for a name that is not in the table. */
export async function loadWork(task: string, contender: string): Promise<Work> {
  const tasks: Readonly<Record<string, Readonly<Record<string, Load>>>> = TASKS;
  const load = tasks[task]?.[contender];
  if (load === undefined) throw new Error(`Nobody called ${contender} does that`);
  return (await load()).run;
}
