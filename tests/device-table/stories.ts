import type { FactorName } from '../../electron/fingerprint/types.ts';
import type { Change } from './outcomes.ts';

/** Devices by what they show of themselves. */
export const DEVICES = {
  'A computer that shows everything': ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'],
  'Linux without root': ['disk', 'mac', 'machineId', 'os', 'cpu'],
  'A virtual machine with an id of its own': ['board', 'mac', 'machineId', 'os', 'cpu'],
  'A virtual machine that shows no hardware': ['machineId', 'os', 'cpu'],
  'A container, WSL, locked-down Windows': ['machineId', 'cpu'],
} as const satisfies Record<string, readonly FactorName[]>;

export const FULL = DEVICES['A computer that shows everything'];

/** What happens to devices. What a device doesn't show can't change: it is left out of the story there. */
export const STORIES: readonly (Change & { readonly story: string })[] = [
  { story: 'more memory, another screen, new firmware', changed: [] },
  { story: 'new processor', changed: ['cpu'] },
  { story: 'new network card', changed: ['mac'] },
  { story: 'new system disk, the old one copied onto it', changed: ['disk'] },
  { story: 'system installed anew', changed: ['machineId', 'os'] },
  { story: 'new system disk, system installed anew', changed: ['disk', 'machineId', 'os'] },
  { story: 'mainboard replaced, network card kept', changed: ['board'] },
  { story: 'mainboard replaced with its network card', changed: ['board', 'mac'] },
  { story: 'disk moved into another computer', changed: ['board', 'mac', 'cpu'] },
  { story: 'disk copied into another computer of the model', changed: ['board', 'disk', 'mac'] },
  { story: 'disk copied into another computer', changed: ['board', 'disk', 'mac', 'cpu'] },
  {
    story: 'data folder copied to another computer of the model',
    changed: ['board', 'disk', 'mac', 'machineId', 'os'],
  },
  {
    story: 'data folder copied to another computer',
    changed: ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'],
  },
  { story: 'virtual machine moved to another host', changed: ['cpu'] },
  { story: 'virtual machine copied, with a new id and network address', changed: ['board', 'mac'] },
  { story: 'image restored onto the same computer', changed: [] },
  { story: 'board and processor can not be read today', changed: [], hidden: ['board', 'cpu'] },
  {
    story: 'no program answers: board, disk, network card and system can not be read',
    changed: [],
    hidden: ['board', 'disk', 'mac', 'os'],
  },
];

/** A story as a device tells it. */
export function on(device: readonly FactorName[], { changed, hidden = [] }: Change): Change {
  return {
    changed: changed.filter((name) => device.includes(name)),
    hidden: hidden.filter((name) => device.includes(name)),
  };
}

/** Every change of one factor, and of two. */
export function changesOf(device: readonly FactorName[]): readonly Change[] {
  const pairs = device.flatMap((one, index) => device.slice(index + 1).map((two) => [one, two]));
  return [...device.map((one) => [one]), ...pairs].map((changed) => ({ changed }));
}
