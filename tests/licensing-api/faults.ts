/**
 * Test only: makes single answers go wrong, so that clients can be shown what a bad day looks like. Nothing in here
 * can be reached over the network.
 */
export type Fault =
  /** Answers with a status at once; the call has no effect. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Answers with 302; the call has no effect. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** Waits before the call is looked at. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Waits for a promise before the call is looked at. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Cuts the connection before the call has any effect. */
  | { readonly kind: 'cutBefore' }
  /** The call takes effect, then the connection is cut without an answer. */
  | { readonly kind: 'cutAfter' }
  /** The call takes effect; the answer is no JSON. */
  | { readonly kind: 'malformedJson' }
  /** The call takes effect; the answer is JSON of the wrong shape. */
  | { readonly kind: 'wrongShape' }
  /** The call takes effect; the answer is called text/html. */
  | { readonly kind: 'wrongContentType' }
  /** The call takes effect; the connection is cut in the middle of the answer. */
  | { readonly kind: 'truncated' }
  /** The call takes effect; the connection ends at a byte of the answer. */
  | { readonly kind: 'cutAt'; readonly cut: Cut }
  /** The call takes effect; spaces are put behind the answer until it has that many bytes. */
  | { readonly kind: 'padded'; readonly bytes: number };

/** Where and how a connection ends while the answer is on its way. */
export interface Cut {
  /** `start`: before its first byte. `head`: within status line and headers. `body`: within what comes behind them. */
  readonly place: 'start' | 'head' | 'body';
  /** How far into that place, from 0 up to 1, without 1. */
  readonly fraction: number;
  /**
   * `reset`: RST, as of a router that has lost the connection. `fin`: FIN in the middle of TLS, as of a process that was
   * killed. `close`: as a proper end of TLS, which a truncating party can't make, but a broken server can.
   */
  readonly how: 'reset' | 'fin' | 'close';
  /** Told of the call that was cut off; `place` is `head` for an answer without a body. */
  readonly onCut?: (operationId: string, place: Cut['place']) => void;
}

export interface Faults {
  /**
   * Makes the next call go wrong, or the next of one operation. Faults wait in a queue; each is used once.
   * @param operationId such as `activate`; any operation without it
   */
  readonly next: (fault: Fault, operationId?: string) => void;
  /** For the server: takes the fault of a call out of the queue. */
  readonly take: (operationId: string) => Fault | null;
  readonly clear: () => void;
}

export function faultQueue(): Faults {
  let queue: { readonly fault: Fault; readonly operationId: string | undefined }[] = [];
  return {
    next: (fault, operationId) => {
      queue.push({ fault, operationId });
    },
    take: (operationId) => {
      const index = queue.findIndex(
        (entry) => entry.operationId === undefined || entry.operationId === operationId,
      );
      return index < 0 ? null : (queue.splice(index, 1)[0]?.fault ?? null);
    },
    clear: () => {
      queue = [];
    },
  };
}
