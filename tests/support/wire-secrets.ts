import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secret } from './leaks.ts';

/** What the servers of this process were shown and gave away since it was begun, whoever was on the other side. */
export interface WireSecrets {
  readonly all: () => readonly Secret[];
  readonly end: () => void;
}

const BEGUN = 'http.server.request.start';
const FINISHED = 'http.server.response.finish';

/**
 * Takes down tokens and nonces as they pass: those of a seat that was given back are in no vault any more. Node tells
 * of every request that any HTTP server of the process has.
 */
export function listenToServers(): WireSecrets {
  const found = new Map<string, string>();
  const note = (kind: string, value: unknown): void => {
    if (typeof value === 'string' && value !== '') found.set(value, kind);
  };
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const [, bearer] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    note('token', bearer);
    note('nonce', request.headers['n-nonce']);
  };
  const onAnswer = (message: unknown): void => {
    const { response } = message as { readonly response: ServerResponse };
    note('nonce', response.getHeader('n-nonce'));
  };
  subscribe(BEGUN, onRequest);
  subscribe(FINISHED, onAnswer);
  return {
    all: () => [...found].map(([value, kind]) => ({ kind, value })),
    end: () => {
      unsubscribe(BEGUN, onRequest);
      unsubscribe(FINISHED, onAnswer);
    },
  };
}
