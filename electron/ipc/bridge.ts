import * as v from 'valibot';
import {
  CHANNELS,
  EVENTS,
  type Bridge,
  type BridgeResult,
  type Channel,
  type EventName,
} from '../../shared/contract.ts';
import { failure } from '../../shared/errors.ts';
import { err, ok } from '../../shared/result.ts';
import { refusalSchema, resultSchema } from './answer-schemas.ts';

/** What the bridge needs of the side that carries messages; the preload gives Electron's. */
export interface Carrier {
  readonly invoke: (channel: Channel, request: unknown) => Promise<unknown>;
  /** @returns the function that ends it */
  readonly listen: (channel: string, listener: (payload: unknown) => void) => () => void;
}

/** Channel under which an event travels; apart from those of requests. */
export function eventChannel(event: EventName): string {
  return `event.${event}`;
}

/**
 * Makes `window.latchkey` from the contract: one function per channel, and `on`. Requests are checked before they
 * leave and answers before they arrive. Nothing rejects; a broken answer is `internal`, a wrong request
 * `requestInvalid`.
 */
export function createBridge(carrier: Carrier): Bridge {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const channel of Object.keys(CHANNELS) as Channel[]) {
    const [group = '', name = ''] = channel.split('.');
    groups[group] = { ...groups[group], [name]: (request: unknown = {}) => call(carrier, channel, request) };
  }
  // Built from the same table as the type, name by name.
  return { ...groups, on: (event: unknown, listener: unknown) => on(carrier, event, listener) } as Bridge;
}

async function call(carrier: Carrier, channel: Channel, request: unknown): Promise<BridgeResult<unknown>> {
  const schemas = CHANNELS[channel];
  const parsed = v.safeParse(schemas.request, request, { abortEarly: true });
  if (!parsed.success) return err(failure('requestInvalid'));
  try {
    return parseAnswer(schemas.response, await carrier.invoke(channel, parsed.output));
  } catch {
    return err(failure('internal'));
  }
}

function parseAnswer(schema: v.GenericSchema, answer: unknown): BridgeResult<unknown> {
  const success = v.safeParse(resultSchema(schema), answer);
  if (success.success) return ok(success.output.value);
  const refusal = v.safeParse(refusalSchema, answer);
  if (!refusal.success) return err(failure('internal'));
  const { code, facts } = refusal.output.error;
  return err(failure(code, facts));
}

/** An event whose payload breaks the contract is dropped: the next snapshot repairs what it would have told. */
function on(carrier: Carrier, event: unknown, listener: unknown): () => void {
  if (typeof event !== 'string' || !Object.hasOwn(EVENTS, event) || typeof listener !== 'function') {
    return () => undefined;
  }
  const name = event as EventName;
  return carrier.listen(eventChannel(name), (payload) => {
    const parsed = v.safeParse(EVENTS[name], payload);
    if (parsed.success) Reflect.apply(listener, undefined, [parsed.output]);
  });
}
