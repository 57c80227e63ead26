import type { Instant } from '../../../shared/license/types.ts';
import type { Answer } from '../answer.ts';
import type { Context } from '../context.ts';
import type { Form } from './form.ts';
import type { Frame } from './layout.ts';
import { problemPage } from './pages/problem.ts';
import { problemOf } from './problems.ts';
import type { Results } from './results.ts';
import type { Sessions, Visitor } from './sessions.ts';

/** One request of a visitor, apart from HTTP. */
export interface Visit {
  readonly context: Context;
  readonly sessions: Sessions;
  readonly results: Results;
  readonly visitor: Visitor;
  readonly frame: Frame;
  readonly now: Instant;
  readonly address: string;
  /** Empty for a GET; of a POST only once it was found to be the visitor's own form. */
  readonly form: Form;
  readonly param: (name: string) => string;
}

/** What a visit is answered with. */
export interface Reply {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** A visitor who signed in or out has a new id. */
  readonly visitor?: Visitor;
  /** For the log. */
  readonly refusal?: Answer;
}

export const htmlReply = (body: string, status = 200, more: Partial<Reply> = {}): Reply => ({
  status,
  body,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  ...more,
});

/** 303: loading the page again sends no form again. @param location a path of ours */
export const redirect = (location: string, visitor?: Visitor): Reply => ({
  status: 303,
  body: '',
  headers: { Location: location },
  ...(visitor === undefined ? {} : { visitor }),
});

/** The page about a refusal of the exchange. */
export function refusalReply(visit: Visit, refusal: Answer, from: 'start' | 'activations' = 'start'): Reply {
  return htmlReply(problemPage(visit.frame, problemOf(refusal.body), from), refusal.status, {
    refusal,
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...refusal.headers },
  });
}
