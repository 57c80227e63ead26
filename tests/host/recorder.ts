import { OPTIONS } from './options.ts';

/** Something the application did that a test wants to know, in the order in which it happened. */
export type Recorded =
  | { readonly kind: 'request'; readonly channel: string; readonly args: unknown; readonly answer: unknown }
  | { readonly kind: 'event'; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'externalLink'; readonly address: string }
  | { readonly kind: 'shownFile'; readonly file: string }
  | { readonly kind: 'saveDialog'; readonly name: string; readonly canceled: boolean }
  | { readonly kind: 'errorBox'; readonly title: string; readonly content: string }
  | {
      readonly kind: 'blocked';
      readonly address: string;
      readonly by: 'filter' | 'navigation' | 'download' | 'window';
    }
  | { readonly kind: 'consoleError'; readonly text: string };

type Listener = (entry: Recorded) => void;

const listeners = new Set<Listener>();

/** Tells whoever listens; keeps nothing, so that a long run doesn't grow. */
export function record(entry: Recorded): void {
  if (!OPTIONS.controlled) return;
  for (const listener of listeners) listener(entry);
}

export function onRecord(listener: Listener): void {
  listeners.add(listener);
}
