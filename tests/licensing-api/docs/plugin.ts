import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readDocument } from './document.ts';
import { docsPage } from './page.ts';

/** `/docs`: the contract for people, and `/docs/openapi.yaml` for programs. The same for everybody; made at the first look. */

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

interface Made {
  readonly page: string;
  readonly policy: string;
  readonly source: string;
}

function make(): Made {
  const { source, document } = readDocument();
  const css = readFileSync(path.join(import.meta.dirname, 'docs.css'), 'utf8');
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return { page: docsPage(document, css), policy, source };
}

export function registerDocs(app: FastifyInstance): void {
  let made: Made | null = null;
  const get = (): Made => (made ??= make());
  app.get('/docs', (_request, reply) => {
    const { page, policy } = get();
    return reply
      .headers({
        ...HEADERS,
        'Content-Security-Policy': policy,
        'Content-Type': 'text/html; charset=utf-8',
      })
      .send(page);
  });
  app.get('/docs/openapi.yaml', (_request, reply) => {
    const type = 'application/yaml; charset=utf-8';
    return reply
      .headers({ ...HEADERS, 'Content-Security-Policy': "default-src 'none'", 'Content-Type': type })
      .send(get().source);
  });
}
