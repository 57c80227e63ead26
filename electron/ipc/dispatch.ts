import * as v from 'valibot';
import {
  CHANNELS,
  LIMITS,
  patienceFor,
  type BridgeResult,
  type Channel,
  type ResponseOf,
} from '../../shared/contract.ts';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import { refusalSchema, resultSchema } from './answer-schemas.ts';
import { measureMessage } from './measure-policy.ts';
import { checkSender, type SenderFacts } from './sender-policy.ts';

/** Objects inside one another that a request may have; the contract's deepest has two. */
export const REQUEST_DEPTH = 8;

type ParsedRequestOf<C extends Channel> = v.InferOutput<(typeof CHANNELS)[C]['request']>;

/** One handler per channel of the contract; the types demand that none is missing. */
export type Handlers = {
  readonly [C in Channel]: (request: ParsedRequestOf<C>) => Promise<Result<ResponseOf<C>>>;
};

export interface DispatchOptions {
  readonly handlers: Handlers;
  /** Id of the web contents of our window, asked at every message; null while there is no window. */
  readonly trustedContents: () => number | null;
  readonly log: Log;
  /** Calls back once after so many milliseconds; the returned function takes that back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

/** @param args what the page sent, of any shape; the contract knows exactly one argument */
export type Dispatch = (
  channel: Channel,
  sender: SenderFacts | null,
  args: readonly unknown[],
) => Promise<BridgeResult<unknown>>;

type Handler = (request: unknown) => Promise<Result<unknown>>;

/**
 * The border between a page and the main process: sender check, size cap, schema of the request, handler with a
 * time cap, schema of the response. Always resolves, never rejects. Failures: `senderRefused`, `requestInvalid`
 * (with the path of the field), `timeout`, `internal`, or the handler's own.
 */
export function createDispatch({ handlers, trustedContents, log, after }: DispatchOptions): Dispatch {
  return async (channel, sender, args) => {
    const verdict = sender === null ? 'noFrame' : checkSender(sender, trustedContents());
    if (verdict !== 'trusted') {
      log.warn('A message from an untrusted sender was refused', { channel, verdict });
      return err(failure('senderRefused'));
    }
    const request = parseRequest(channel, args);
    if (!request.ok) {
      log.warn('A malformed request was refused', { channel, field: request.error.facts?.field });
      return request;
    }
    // The channel's own schema has just made this the handler's request.
    const outcome = await withinTime(handlers[channel] as Handler, request.value, channel);
    return checkOutcome(channel, outcome);
  };

  async function withinTime(handler: Handler, request: unknown, channel: Channel): Promise<Result<unknown>> {
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
    const cancel = after(patienceFor(channel), () => {
      log.error('A handler took too long', { channel });
      resolve(err(failure('timeout')));
    });
    try {
      // The handler is called inside the chain, so that one that throws at once is a rejection like any other.
      void Promise.resolve(request)
        .then(handler)
        .then(resolve, (error: unknown) => {
          log.error('A handler failed unexpectedly', { channel, error });
          resolve(err(failure('internal')));
        });
      return await promise;
    } finally {
      cancel();
    }
  }

  /** A failure is checked as strictly as a value: nothing that rides along with it by accident reaches a page. */
  function checkOutcome(channel: Channel, outcome: Result<unknown>): BridgeResult<unknown> {
    const parsed = outcome.ok
      ? v.safeParse(resultSchema(CHANNELS[channel].response), outcome)
      : v.safeParse(refusalSchema, outcome);
    if (!parsed.success) {
      const field = pathOf(parsed.issues[0]);
      log.error('An answer that breaks the contract was withheld', { channel, field });
      return err(failure('internal'));
    }
    const answer = parsed.output;
    return answer.ok ? ok(answer.value) : err(failure(answer.error.code, answer.error.facts));
  }
}

function parseRequest(channel: Channel, args: readonly unknown[]): Result<unknown> {
  // A schema of an object without required fields takes an array for one.
  if (args.length !== 1 || Array.isArray(args[0])) return err(failure('requestInvalid'));
  const size = measureMessage(args[0], { bytes: LIMITS.requestBytes, depth: REQUEST_DEPTH });
  if (size !== 'fits') return err(failure('requestInvalid'));
  const parsed = v.safeParse(CHANNELS[channel].request, args[0], { abortEarly: true });
  return parsed.success
    ? ok(parsed.output)
    : err(failure('requestInvalid', { field: pathOf(parsed.issues[0]) }));
}

/** Only the path: a schema's message quotes what was received, which may be a code that a person typed. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  return (v.getDotPath(issue) ?? '').slice(0, 300);
}
