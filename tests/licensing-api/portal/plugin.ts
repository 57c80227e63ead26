import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../answer.ts';
import type { Context } from '../context.ts';
import type { Admission } from '../limits.ts';
import { errorCodeOf, type RequestLog } from '../request-log.ts';
import { loadAssets } from './assets.ts';
import { readForm, type Form } from './form.ts';
import { problemPage } from './pages/problem.ts';
import { EXPIRED_FORM, NOT_FOUND, problemOf, type Problem } from './problems.ts';
import { portalResults } from './results.ts';
import { ROUTES, type Route } from './routes.ts';
import { portalSessions, type Visitor } from './sessions.ts';
import { htmlReply, refusalReply, type Reply, type Visit } from './visit.ts';

/** The portal on HTTP: cookies, forms, headers, log. The only file of it that knows fastify and its plugins. */

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  // Of older browsers, that don't know frame-ancestors.
  'X-Frame-Options': 'DENY',
  // The address of an answer is nobody else's business.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
};

const EMPTY: Form = { fields: {}, file: null, tooLarge: false };

export interface PortalOptions {
  readonly context: Context;
  /** Where it is, such as `/portal`. */
  readonly base: string;
  readonly isMarkedTest: boolean;
  readonly log: RequestLog;
  /** The refusal of a caller who calls too often; null = may pass. */
  readonly limited: (address: string) => Answer | null;
  /** Counts a visit among the calls of its address. */
  readonly enter: (address: string) => Admission;
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

/** Registers the portal of one environment. */
export function registerPortal(app: FastifyInstance, options: PortalOptions): void {
  const { base, context, isMarkedTest, log } = options;
  // `__Host-`: Secure, for this very host, for all paths; no other host can set it. Each environment has its own.
  const cookieName = context.environment === 'live' ? '__Host-portal-live' : '__Host-portal';
  const sessions = portalSessions();
  const results = portalResults();
  const assets = loadAssets();

  const visitOf = (request: FastifyRequest, visitor: Visitor, form: Form): Visit => {
    const params: unknown = request.params;
    const read = new Map(typeof params === 'object' && params !== null ? Object.entries(params) : []);
    return {
      context,
      sessions,
      results,
      visitor,
      frame: { base, isMarkedTest, csrf: visitor.csrf, signedIn: visitor.as !== null },
      now: context.now(),
      address: request.ip,
      form,
      param: (name) => String(read.get(name) ?? ''),
    };
  };

  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    name: string,
    what: Reply,
  ) => {
    const { id } = what.visitor ?? visitor;
    if (request.cookies[cookieName] !== id) {
      reply.setCookie(cookieName, id, { path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
    }
    const errorCode = what.refusal === undefined ? undefined : errorCodeOf(what.refusal);
    log.request({
      at: new Date(context.now()).toISOString(),
      correlationId: randomUUID(),
      operation: `portal.${name}`,
      status: what.status,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    return reply
      .code(what.status)
      .headers({ ...HEADERS, ...what.headers })
      .send(what.body);
  };

  const visitorOf = (request: FastifyRequest) => sessions.visitor(request.cookies[cookieName], context.now());

  const problem = (request: FastifyRequest, reply: FastifyReply, status: number, about: Problem) => {
    const visitor = visitorOf(request);
    const { frame } = visitOf(request, visitor, EMPTY);
    return send(request, reply, visitor, 'problem', htmlReply(problemPage(frame, about), status));
  };

  const answer = async (route: Route, request: FastifyRequest, visitor: Visitor): Promise<Reply> => {
    const before = visitOf(request, visitor, EMPTY);
    const tooOften = options.limited(request.ip);
    if (tooOften !== null) return refusalReply(before, tooOften);
    const admission = options.enter(request.ip);
    if ('refusal' in admission) return refusalReply(before, admission.refusal);
    try {
      return await visited(route, request, before);
    } finally {
      admission.leave();
    }
  };

  const visited = async (route: Route, request: FastifyRequest, before: Visit): Promise<Reply> => {
    const { visitor } = before;
    if (route.method === 'GET') return await route.handler(before);
    const form = await readForm(request);
    if (!sessions.isOwnForm(visitor, form.fields['csrf'] ?? '')) {
      return htmlReply(problemPage(before.frame, EXPIRED_FORM), 403);
    }
    return await route.handler(visitOf(request, visitor, form));
  };

  void app.register(
    async (portal) => {
      await portal.register(cookie);
      // Seen as `truncated` and answered with a sentence, not thrown in the middle of a form.
      await portal.register(multipart, { throwFileSizeLimit: false });
      portal.setNotFoundHandler((request, reply) => problem(request, reply, 404, NOT_FOUND));
      portal.setErrorHandler((error: unknown, request, reply) => {
        const status = statusOf(error);
        if (status >= 500) log.defect(randomUUID(), error);
        const about = problemOf(status === 413 ? { errorCode: 'tokenTooLarge' } : null);
        return problem(request, reply, status, about);
      });
      for (const route of ROUTES) {
        portal.route({
          method: route.method,
          url: route.path,
          handler: async (request, reply) => {
            const visitor = visitorOf(request);
            return send(request, reply, visitor, route.name, await answer(route, request, visitor));
          },
        });
      }
      for (const [name, asset] of assets) {
        portal.get(`/${name}`, (_request, reply) =>
          reply.headers({ ...HEADERS, 'Content-Type': asset.type }).send(asset.text),
        );
      }
    },
    { prefix: base },
  );
}
