import type { Bridge } from '../../shared/contract.ts';
import { pageErrorOf, type PageError } from '../../shared/support/page-error.ts';
import { call } from '../bridge.ts';

/** A page that fails again and again tells no more than this. */
const MOST = 5;

/** Where errors of the page come from; the window. */
type ErrorSource = Pick<EventTarget, 'addEventListener'>;

/**
 * Has a report written of every error of the page that nobody has foreseen.
 * @returns tells of one that was caught elsewhere
 */
export function tellErrors(bridge: Bridge | null, source: ErrorSource): (error: unknown) => void {
  let told = 0;
  const tell = (how: PageError['how'], error: unknown): void => {
    told += 1;
    if (bridge === null || told > MOST) return;
    void call(async () => await bridge.support.notePageError(pageErrorOf(how, error)));
  };
  source.addEventListener('error', (event) => {
    if (event instanceof ErrorEvent) tell('exception', event.error);
  });
  source.addEventListener('unhandledrejection', (event) => {
    if (event instanceof PromiseRejectionEvent) tell('rejection', event.reason);
  });
  return (error) => {
    tell('exception', error);
    // The message may quote what somebody has typed.
    // oxlint-disable-next-line no-console -- for whoever works on the page
    console.error('A screen failed:', error instanceof Error ? error.name : typeof error);
  };
}
