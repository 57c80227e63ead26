import type { Answer } from './answer.ts';

/**
 * One line a request. It is made from a fixed list of fields that can't hold a secret: no body, no header but the
 * correlation id, no address as the caller wrote it (an unknown path is logged without it).
 */
export interface RequestLogEntry {
  readonly at: string;
  readonly correlationId: string;
  readonly operation: string;
  readonly status: number;
  readonly errorCode?: string;
}

export type LogLevel = 'silent' | 'error' | 'info';

/** Where lines go; stderr in the command, an array in tests. */
export interface RequestLog {
  readonly request: (entry: RequestLogEntry) => void;
  /** A defect of the server itself. Sentence and stack only, never what the caller sent. */
  readonly defect: (correlationId: string, error: unknown) => void;
}

export function requestLog(level: LogLevel, write: (line: string) => void): RequestLog {
  return {
    request: (entry) => {
      if (level === 'info') write(JSON.stringify(entry));
    },
    defect: (correlationId, error) => {
      if (level === 'silent') return;
      const what = error instanceof Error ? (error.stack ?? error.message) : 'unknown';
      write(JSON.stringify({ correlationId, defect: what }));
    },
  };
}

/** The code of an error answer, where it has one. */
export function errorCodeOf(answer: Answer): string | undefined {
  const { body } = answer;
  if (typeof body !== 'object' || body === null || !('errorCode' in body)) return undefined;
  return typeof body.errorCode === 'string' ? body.errorCode : undefined;
}
