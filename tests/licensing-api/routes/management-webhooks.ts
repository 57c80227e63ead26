import type {
  CreateWebhookRequest,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { invalidField, refuseWith, type Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { publicWebhookKeys } from '../keys.ts';
import { newId } from '../secrets.ts';
import type { StoredDelivery, StoredWebhook } from '../store/webhooks.ts';
import { addressProblem } from '../webhooks/post.ts';
import { newWebhookSecret, sealSecret } from '../webhooks/secret-box.ts';
import { pageOf } from './page.ts';

/** Endpoints of the vendor's and what was sent to them. */

/** Receivers change over at their leisure. */
const OLD_SECRET_MS = 24 * 60 * 60_000;

const iso = (instant: Instant) => new Date(instant).toISOString();

function webhookView(webhook: StoredWebhook, now: Instant): Webhook {
  const { id, url, events, created, previousUntil } = webhook;
  return {
    id,
    url,
    events: [...events],
    created: iso(created),
    ...(previousUntil === null || now >= previousUntil ? {} : { previousSecretUntil: iso(previousUntil) }),
  };
}

function deliveryView(delivery: StoredDelivery): WebhookDelivery {
  const { eventId, type, status, attempts, lastAttempt, lastStatus, lastProblem, nextAttempt } = delivery;
  // Written by `put` of the store from a value of this very type.
  const event: WebhookEvent = JSON.parse(delivery.body);
  return {
    eventId,
    type,
    status,
    attempts,
    ...(lastAttempt === null ? {} : { lastAttempt: iso(lastAttempt) }),
    ...(lastStatus === null ? {} : { lastStatus }),
    ...(lastProblem === null ? {} : { lastProblem }),
    ...(nextAttempt === null ? {} : { nextAttempt: iso(nextAttempt) }),
    event,
  };
}

export const getWebhookKeys: Handler = (context) => ({ status: 200, body: publicWebhookKeys(context.keys) });

export const createWebhook: Handler = withBody<CreateWebhookRequest>((context, request) => {
  const { url, events } = request.body;
  const problem = addressProblem(url);
  if (problem !== null) return invalidField('url', problem, 'address');
  return context.store.transaction(() => {
    const now = context.now();
    const id = newId('wh');
    const secret = newWebhookSecret();
    const webhook: StoredWebhook = {
      id,
      url,
      events: events ?? [
        'activation.activated',
        'activation.refreshed',
        'activation.deactivated',
        'activation.denied',
      ],
      secret: sealSecret(context.keys.storage, id, secret),
      previousSecret: null,
      previousUntil: null,
      created: now,
    };
    context.store.webhooks.save(webhook);
    return { status: 201, body: { ...webhookView(webhook, now), secret } };
  });
});

export const listWebhooks: Handler = (context) => {
  const now = context.now();
  return { status: 200, body: { items: context.store.webhooks.list().map((it) => webhookView(it, now)) } };
};

function onWebhook(
  context: Context,
  request: ApiRequest,
  work: (webhook: StoredWebhook, now: Instant) => Answer,
): Answer {
  return context.store.transaction(() => {
    const webhook = context.store.webhooks.byId(request.param('webhookId'));
    return webhook === null ? refuseWith(404, 'There is no such endpoint.') : work(webhook, context.now());
  });
}

export const deleteWebhook: Handler = (context, request) =>
  onWebhook(context, request, ({ id }) => {
    context.store.webhooks.remove(id);
    return { status: 204 };
  });

export const rotateWebhookSecret: Handler = (context, request) =>
  onWebhook(context, request, (webhook, now) => {
    const secret = newWebhookSecret();
    const changed: StoredWebhook = {
      ...webhook,
      secret: sealSecret(context.keys.storage, webhook.id, secret),
      previousSecret: webhook.secret,
      previousUntil: now + OLD_SECRET_MS,
    };
    context.store.webhooks.save(changed);
    return { status: 200, body: { ...webhookView(changed, now), secret } };
  });

export const listWebhookDeliveries: Handler = (context, request) =>
  onWebhook(context, request, ({ id }) => {
    const { limit, offset } = pageOf(request);
    const { items, total } = context.store.webhooks.deliveries(id, limit, offset);
    return { status: 200, body: { items: items.map(deliveryView), total } };
  });

export const retryWebhookDelivery: Handler = (context, request) =>
  onWebhook(context, request, ({ id }, now) => {
    const { webhooks } = context.store;
    const delivery = webhooks.delivery(id, request.param('eventId'));
    if (delivery === null) return refuseWith(404, 'There is no such delivery.');
    webhooks.settle(delivery, { ...delivery, status: 'pending', attempts: 0, nextAttempt: now });
    setImmediate(context.wakeSender);
    return { status: 200, body: deliveryView(webhooks.delivery(id, delivery.eventId) ?? delivery) };
  });
