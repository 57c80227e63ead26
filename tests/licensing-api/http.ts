import { randomUUID, type X509Certificate } from 'node:crypto';
import type { ServerOptions } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Instant } from '../../shared/license/types.ts';
import { refuse, refuseWith, type Answer } from './answer.ts';
import type { Context } from './context.ts';
import { loadContract, type Operation } from './contract.ts';
import { dispatch, type RawRequest } from './dispatch.ts';
import { registerDocs } from './docs/plugin.ts';
import { environmentOf, PORTAL_PATHS, type Environments } from './environments.ts';
import type { Fault, Faults } from './faults.ts';
import { callLimiter, type Admission, type CallLimits } from './limits.ts';
import { registerPortal } from './portal/plugin.ts';
import { countRequest, type RateLimit, type RateWindow } from './policy/rate-limit.ts';
import { errorCodeOf, type RequestLog } from './request-log.ts';
import { HANDLERS } from './routes/handlers.ts';
import { connections, cutAnswer } from './cut.ts';
import { sendAnswer } from './send.ts';

/** The HTTPS side: fastify takes requests apart and sends answers; everything in between is `dispatch`. */

/** Requests of the contract are small; more than this is refused with 413 before it is read. */
const BODY_LIMIT = 64 * 1024;
/** A token of the greatest size, with every line end escaped in JSON, and room to be told that it is too large. */
const TOKEN_BODY_LIMIT = 4 * BODY_LIMIT;
/** The one version of the wire that this server speaks. */
const API_VERSION = '2024-11-07';
const CORRELATION_ID = /^[A-Za-z0-9-]{8,64}$/;

export interface HttpOptions {
  readonly environments: Environments;
  readonly tls: ServerOptions;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit | null;
  /** What the answers state as the time. */
  readonly date: () => Instant;
  readonly callerLimits: CallLimits | undefined;
}

const STATUS_SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request could not be parsed.',
  413: 'The request is too large.',
  415: 'The content type of the request is not supported.',
};

function correlationIdOf(request: FastifyRequest): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Counts requests per address. @returns the refusal of one that is too many */
function rateLimiter(limit: RateLimit | null, now: () => Instant): (address: string) => Answer | null {
  const windows = new Map<string, RateWindow>();
  return (address) => {
    if (limit === null) return null;
    const { window, retryAfterSeconds } = countRequest(limit, windows.get(address), now());
    windows.set(address, window);
    if (retryAfterSeconds === null) return null;
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    return { ...refuse('rateLimited', 'Too many requests.'), headers };
  };
}

async function faultPause(fault: Fault | null): Promise<void> {
  if (fault?.kind === 'delay') await wait(fault.milliseconds);
  if (fault?.kind === 'hold') await fault.until;
}

/** What a fault answers instead of the call; null = the call goes on. */
function faultBefore(fault: Fault | null): Answer | null {
  if (fault?.kind === 'redirect') return { status: 302, headers: { Location: fault.location } };
  if (fault?.kind !== 'status') return null;
  const { status, retryAfterSeconds } = fault;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  const { body } =
    status === 429 ? refuse('rateLimited', 'Made to fail.') : refuseWith(status, 'Made to fail.');
  return { status, body, headers };
}

/** The certificate that the other side has shown, and proved to hold the key of. */
function certificateOf(request: FastifyRequest): X509Certificate | null {
  const { socket } = request.raw;
  return socket instanceof TLSSocket ? (socket.getPeerX509Certificate() ?? null) : null;
}

/** Makes the server; it does not listen yet. */
export function httpServer(options: HttpOptions) {
  const { environments, faults, log } = options;
  const { now } = environments.test;
  const app = fastify({
    https: options.tls,
    logger: false,
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    requestTimeout: 30_000,
  });
  const limited = rateLimiter(options.rateLimit, now);
  const callers = callLimiter(options.callerLimits, now);
  const connectionOf = connections(app.server);

  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    answer: Answer,
    fault: Fault | null,
  ) => {
    const correlationId = correlationIdOf(request);
    const errorCode = errorCodeOf(answer);
    log.request({
      at: new Date(now()).toISOString(),
      correlationId,
      operation: name,
      status: answer.status,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    const headers = {
      ...answer.headers,
      Date: new Date(options.date()).toUTCString(),
      'N-ApiVersion': API_VERSION,
      'X-Correlation-Id': correlationId,
    };
    if (fault?.kind === 'cutAt') {
      const place = cutAnswer(reply, { ...answer, headers }, fault.cut, connectionOf(request.raw.socket));
      fault.cut.onCut?.(name, place);
    } else {
      sendAnswer(reply, { ...answer, headers }, fault);
    }
  };

  // Own parsers: an empty body is no body, whatever its content type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(text))));
    },
  );
  app.setNotFoundHandler((request, reply) => {
    send(request, reply, 'none', refuseWith(404, 'There is no such call.'), null);
  });
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = asRecord(error)['statusCode'];
    const known = typeof status === 'number' ? STATUS_SENTENCES[status] : undefined;
    if (known === undefined || typeof status !== 'number') {
      log.defect(correlationIdOf(request), error);
      send(request, reply, 'none', refuseWith(500, 'The server has a defect.'), null);
    } else {
      send(request, reply, 'none', refuseWith(status, known), null);
    }
  });

  /** Runs a call as one of its caller's. */
  const enter = (context: Context, address: string) => callers.enter(`${context.tenantId} ${address}`);
  const admitted = async (admission: Admission, work: () => Promise<Answer>): Promise<Answer> => {
    if ('refusal' in admission) return admission.refusal;
    try {
      return await work();
    } finally {
      admission.leave();
    }
  };

  const register = (operation: Operation) => {
    const handler = HANDLERS[operation.id];
    if (handler === undefined) throw new Error(`nothing answers ${operation.id}`);
    app.route({
      method: operation.method,
      ...(operation.id === 'exchangeOfflineToken' ? { bodyLimit: TOKEN_BODY_LIMIT } : {}),
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const fault = faults.take(operation.id);
        if (fault?.kind === 'cutBefore') {
          reply.hijack();
          request.raw.socket.destroy();
          return reply;
        }
        const raw: RawRequest = {
          body: request.body,
          address: request.ip,
          certificate: certificateOf(request),
          headers: request.headers,
          query: asRecord(request.query),
          params: asRecord(request.params),
        };
        const context = environmentOf(environments, operation, raw);
        const answer =
          faultBefore(fault) ??
          limited(request.ip) ??
          (await admitted(enter(context, request.ip), () =>
            dispatch(context, operation, handler, raw, () => faultPause(fault)),
          ));
        send(request, reply, operation.id, answer, fault);
        return reply;
      },
    });
  };
  for (const operation of loadContract()) register(operation);
  const { live, test } = environments;
  for (const context of live === null ? [test] : [test, live]) {
    const isMarkedTest = live !== null && context === test;
    registerPortal(app, {
      context,
      base: PORTAL_PATHS[context.environment],
      isMarkedTest,
      log,
      limited,
      enter: (address) => enter(context, address),
    });
  }
  registerDocs(app);
  return app;
}
