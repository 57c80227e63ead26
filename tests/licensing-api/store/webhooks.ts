import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import type {
  WebhookDelivery,
  WebhookEvent,
  WebhookEventType,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { integer, optionalInteger, optionalText, text, type Row } from './database.ts';

/** An endpoint of the vendor's. Secrets are encrypted; `webhooks/secret-box.ts` opens them. */
export interface StoredWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousUntil: Instant | null;
  readonly created: Instant;
}

export type Problem = NonNullable<WebhookDelivery['lastProblem']>;

export interface StoredDelivery {
  readonly webhookId: string;
  readonly sequence: number;
  readonly eventId: string;
  readonly type: WebhookEventType;
  /** The very text that is signed and sent. */
  readonly body: string;
  readonly status: WebhookDelivery['status'];
  readonly attempts: number;
  readonly nextAttempt: Instant | null;
  readonly lastAttempt: Instant | null;
  readonly lastStatus: number | null;
  readonly lastProblem: Problem | null;
}

export type DeliveryOutcome = Pick<
  StoredDelivery,
  'status' | 'attempts' | 'nextAttempt' | 'lastAttempt' | 'lastStatus' | 'lastProblem'
>;

export interface WebhookStore {
  readonly save: (webhook: StoredWebhook) => void;
  readonly remove: (id: string) => void;
  readonly byId: (id: string) => StoredWebhook | null;
  readonly list: () => readonly StoredWebhook[];
  /**
   * Puts an event in the box of every endpoint that wants it. Runs within the transaction of what happened, so that
   * the one is never without the other.
   */
  readonly put: (event: Omit<WebhookEvent, 'sequence'>, now: Instant) => void;
  /** The next delivery of each endpoint that is due: one an endpoint, the oldest event first. */
  readonly due: (now: Instant) => readonly StoredDelivery[];
  /** When the next delivery is due; null = nothing waits. */
  readonly nextDue: () => Instant | null;
  readonly settle: (delivery: StoredDelivery, outcome: DeliveryOutcome) => void;
  readonly delivery: (webhookId: string, eventId: string) => StoredDelivery | null;
  readonly deliveries: (
    webhookId: string,
    limit: number,
    offset: number,
  ) => { readonly items: readonly StoredDelivery[]; readonly total: number };
}

/** Settled deliveries of an endpoint that are kept for its log. */
const KEPT = 1000;

const types = v.picklist([
  'activation.activated',
  'activation.refreshed',
  'activation.deactivated',
  'activation.denied',
]);
const statuses = v.picklist(['pending', 'delivered', 'failed']);
const problems = v.nullable(v.picklist(['status', 'redirect', 'timeout', 'certificate', 'network']));

const readWebhook = (row: Row): StoredWebhook => {
  const events: unknown = JSON.parse(text(row, 'events'));
  return {
    id: text(row, 'id'),
    url: text(row, 'url'),
    events: v.parse(v.array(types), events),
    secret: text(row, 'secret'),
    previousSecret: optionalText(row, 'previous_secret'),
    previousUntil: optionalInteger(row, 'previous_until'),
    created: integer(row, 'created'),
  };
};

const readDelivery = (row: Row): StoredDelivery => ({
  webhookId: text(row, 'webhook_id'),
  sequence: integer(row, 'sequence'),
  eventId: text(row, 'id'),
  type: v.parse(types, row['type']),
  body: text(row, 'body'),
  status: v.parse(statuses, row['status']),
  attempts: integer(row, 'attempts'),
  nextAttempt: optionalInteger(row, 'next_attempt'),
  lastAttempt: optionalInteger(row, 'last_attempt'),
  lastStatus: optionalInteger(row, 'last_status'),
  lastProblem: v.parse(problems, row['last_problem']),
});

const JOINED = 'SELECT * FROM webhook_delivery JOIN webhook_event USING (sequence)';

export function webhookStore(database: DatabaseSync): WebhookStore {
  const upsert = database.prepare(
    `INSERT INTO webhook (id, url, events, secret, previous_secret, previous_until, created)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, previous_secret = excluded.previous_secret,
       previous_until = excluded.previous_until`,
  );
  const deleteWebhook = database.prepare('DELETE FROM webhook WHERE id = ?');
  const selectById = database.prepare('SELECT * FROM webhook WHERE id = ?');
  const listAll = database.prepare('SELECT * FROM webhook ORDER BY rowid');
  const insertEvent = database.prepare(
    `INSERT INTO webhook_event (id, type, body) VALUES (?, ?, '') RETURNING sequence`,
  );
  const setBody = database.prepare('UPDATE webhook_event SET body = ? WHERE sequence = ?');
  const insertDelivery = database.prepare(
    `INSERT INTO webhook_delivery (webhook_id, sequence, status, attempts, next_attempt)
     VALUES (?, ?, 'pending', 0, ?)`,
  );
  const trim = database.prepare(
    `DELETE FROM webhook_delivery WHERE webhook_id = ?1 AND status <> 'pending' AND sequence <= (
       SELECT sequence FROM webhook_delivery WHERE webhook_id = ?1 AND status <> 'pending'
       ORDER BY sequence DESC LIMIT 1 OFFSET ${KEPT})`,
  );
  const dropEvents = database.prepare(
    `DELETE FROM webhook_event WHERE sequence < coalesce(
       (SELECT min(sequence) FROM webhook_delivery), (SELECT max(sequence) FROM webhook_event))`,
  );
  const selectDue = database.prepare(
    `${JOINED} WHERE webhook_id = ? AND status = 'pending' AND next_attempt <= ?
     ORDER BY next_attempt, sequence LIMIT 1`,
  );
  const selectNext = database.prepare(
    `SELECT min(next_attempt) AS at FROM webhook_delivery WHERE status = 'pending'`,
  );
  const update = database.prepare(
    `UPDATE webhook_delivery SET status = ?, attempts = ?, next_attempt = ?, last_attempt = ?, last_status = ?,
       last_problem = ? WHERE webhook_id = ? AND sequence = ?`,
  );
  const selectDelivery = database.prepare(`${JOINED} WHERE webhook_id = ? AND id = ?`);
  const page = database.prepare(`${JOINED} WHERE webhook_id = ? ORDER BY sequence DESC LIMIT ? OFFSET ?`);
  const countPage = database.prepare('SELECT count(*) AS n FROM webhook_delivery WHERE webhook_id = ?');

  const list = () => listAll.all().map(readWebhook);
  return {
    save: (it) => {
      const { id, url, events, secret, previousSecret, previousUntil, created } = it;
      upsert.run(id, url, JSON.stringify(events), secret, previousSecret, previousUntil, created);
    },
    remove: (id) => void deleteWebhook.run(id),
    byId: (id) => {
      const row = selectById.get(id);
      return row === undefined ? null : readWebhook(row);
    },
    list,
    put: ({ id, type, ...rest }, now) => {
      const wanting = list().filter((it) => it.events.includes(type));
      if (wanting.length === 0) return;
      const sequence = integer(insertEvent.get(id, type) ?? {}, 'sequence');
      setBody.run(JSON.stringify({ id, type, sequence, ...rest } satisfies WebhookEvent), sequence);
      for (const webhook of wanting) {
        insertDelivery.run(webhook.id, sequence, now);
        trim.run(webhook.id);
      }
      dropEvents.run();
    },
    due: (now) =>
      list()
        .flatMap((webhook) => selectDue.all(webhook.id, now))
        .map(readDelivery),
    nextDue: () => optionalInteger(selectNext.get() ?? { at: null }, 'at'),
    settle: ({ webhookId, sequence }, it) =>
      void update.run(
        it.status,
        it.attempts,
        it.nextAttempt,
        it.lastAttempt,
        it.lastStatus,
        it.lastProblem,
        webhookId,
        sequence,
      ),
    delivery: (webhookId, eventId) => {
      const row = selectDelivery.get(webhookId, eventId);
      return row === undefined ? null : readDelivery(row);
    },
    deliveries: (webhookId, limit, offset) => ({
      items: page.all(webhookId, limit, offset).map(readDelivery),
      total: integer(countPage.get(webhookId) ?? {}, 'n'),
    }),
  };
}
