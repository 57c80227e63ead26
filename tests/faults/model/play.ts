import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Step } from './history.ts';
import { breaches, leftovers, rest } from './invariants.ts';
import type { Mutation } from './real-installation.ts';
import type { RealServer } from './real-server.ts';
import { RealWorld } from './real-world.ts';
import { WorldModel } from './world-model.ts';

/** Where the program and the model part, or where something is as it must never be. */
export interface Disagreement {
  /** The last of them is the step that shows it. */
  readonly steps: readonly Step[];
  readonly differences: readonly string[];
}

/** What differs, one line each. */
function differences(model: unknown, real: unknown, where: string): string[] {
  if (isDeepStrictEqual(model, real)) return [];
  if (isOpen(model) && isOpen(real)) {
    return Object.entries(model).flatMap(([key, value]) =>
      differences(value, Object.entries(real).find(([name]) => name === key)?.[1], `${where} ${key}`),
    );
  }
  return [`${where.trim()}: the model has ${JSON.stringify(model)}, the program ${JSON.stringify(real)}`];
}

const isOpen = (it: unknown): it is object => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Waiting for a disk would tell nothing here: what is stored has to be right, not to survive a power cut. */
const MEMORY = '/dev/shm';
const FOLDERS = existsSync(MEMORY) ? MEMORY : tmpdir();

/** Plays a history in both worlds, step by step, until they part. @returns null = nowhere */
export async function play(
  server: RealServer,
  history: readonly Step[],
  mutation: Mutation = {},
): Promise<Disagreement | null> {
  const dir = mkdtempSync(path.join(FOLDERS, 'latchkey-model-'));
  const real = await RealWorld.open(server, dir, mutation);
  try {
    return await compare(new WorldModel(), real, history);
  } finally {
    await real.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function compare(
  model: WorldModel,
  real: RealWorld,
  history: readonly Step[],
): Promise<Disagreement | null> {
  const steps: Step[] = [];
  const given = new Set<number>();
  const take = async (step: Step): Promise<Disagreement | null> => {
    steps.push(step);
    const leaves = step.do === 'deactivate' || step.do === 'leave';
    const before = leaves ? (model.here(step.slot).client.seat?.id ?? null) : null;
    const expected = model.apply(step);
    if (before !== null && expected.outcome === 'ok') given.add(before);
    const { seen, truth } = await real.apply(step);
    const found = [...breaches(step, seen, truth), ...differences(expected, seen, '')];
    return found.length > 0 ? { steps, differences: found } : null;
  };
  for (const step of history) {
    const parted = await take(step);
    if (parted !== null) return parted;
  }
  for (const step of rest(model)) {
    const parted = await take(step);
    if (parted !== null) return parted;
  }
  const found = leftovers(model, history, given);
  return found.length > 0 ? { steps, differences: found } : null;
}
