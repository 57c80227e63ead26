import type { Instant } from '../../../shared/license/types.ts';
import { kidOf, type Keys } from '../keys.ts';
import type { StoredDelivery, StoredWebhook, WebhookStore } from '../store/webhooks.ts';
import { post } from './post.ts';
import { nextAttempt, RETRY_DELAYS_MS } from './retry.ts';
import { openSecret } from './secret-box.ts';
import { signWebhook } from './signature.ts';

/**
 * Empties the box: one delivery at a time for each endpoint, so that a slow one holds up nobody else. What is settled
 * is written down before the next one starts, so a server that is stopped goes on where it was; a delivery that was
 * under way is sent again, and the receiver knows it by its id.
 */

export interface WebhookOptions {
  /** PEM of the only CA that endpoints' certificates are checked against; those of the system without it. */
  readonly ca?: string;
  /** Milliseconds before each further attempt; the last one is followed by giving up. */
  readonly retryDelaysMs?: readonly number[];
  readonly timeoutMs?: number;
}

export interface WebhookSender {
  /** Looks for what is due; returns at once. */
  readonly wake: () => void;
  /** Resolves when everything that is due now has been tried. */
  readonly flush: () => Promise<void>;
  /** Begins nothing more, and waits for what is under way. */
  readonly close: () => Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** A server's clock can be set: no timer waits longer than this. */
const MAX_SLEEP_MS = 60_000;

export function webhookSender(
  webhooks: WebhookStore,
  keys: Keys,
  now: () => Instant,
  options: WebhookOptions,
  onDefect: (error: unknown) => void,
): WebhookSender {
  const delays = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  const active = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const secretsOf = (webhook: StoredWebhook): string[] => {
    const { id, secret, previousSecret, previousUntil } = webhook;
    const sealed =
      previousSecret !== null && previousUntil !== null && now() < previousUntil
        ? [secret, previousSecret]
        : [secret];
    return sealed.map((it) => openSecret(keys.storage, id, it));
  };

  const attempt = async (delivery: StoredDelivery): Promise<void> => {
    const webhook = webhooks.byId(delivery.webhookId);
    if (webhook === null) return;
    const { eventId: id, body } = delivery;
    const started = now();
    const timestamp = Math.floor(started / 1000);
    const { status, problem } = await post({
      url: webhook.url,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Latchkey-Licensing-API',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signWebhook({ id, timestamp, body }, secretsOf(webhook), keys.webhook),
        'webhook-key-id': kidOf(keys.webhook),
      },
      body,
      ca: options.ca ?? null,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    });
    const attempts = delivery.attempts + 1;
    const again = problem === null ? null : nextAttempt(delays, attempts, started, Math.random());
    webhooks.settle(delivery, {
      status: problem === null ? 'delivered' : again === null ? 'failed' : 'pending',
      attempts,
      nextAttempt: again,
      lastAttempt: started,
      lastStatus: status,
      lastProblem: problem,
    });
  };

  /** What can't even be tried must not be tried for ever. */
  const giveUp = (delivery: StoredDelivery): void => {
    const { attempts, lastStatus, lastProblem } = delivery;
    const lastAttempt = now();
    webhooks.settle(delivery, {
      status: 'failed',
      attempts: attempts + 1,
      nextAttempt: null,
      lastAttempt,
      lastStatus,
      lastProblem,
    });
  };

  const wake = (): void => {
    if (isClosed) return;
    for (const delivery of webhooks.due(now())) {
      const { webhookId } = delivery;
      if (active.has(webhookId)) continue;
      const over = attempt(delivery)
        .catch((error: unknown) => {
          onDefect(error);
          giveUp(delivery);
        })
        .finally(() => {
          active.delete(webhookId);
          wake();
        });
      active.set(webhookId, over);
    }
    clearTimeout(timer);
    const next = webhooks.nextDue();
    if (next === null) return;
    // A delivery that is under way is due all the time; its end wakes.
    const sleep = active.size > 0 ? MAX_SLEEP_MS : Math.max(100, Math.min(next - now(), MAX_SLEEP_MS));
    timer = setTimeout(wake, sleep);
    timer.unref();
  };

  const settled = async (): Promise<void> => {
    while (active.size > 0) await Promise.allSettled(active.values());
  };

  return {
    wake,
    flush: async () => {
      wake();
      await settled();
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await settled();
    },
  };
}
