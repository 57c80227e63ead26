import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { FromHost, Question, ToHost } from './control-types.ts';
import { ROOT } from './options.ts';
import type { Recorded } from './recorder.ts';

export interface HostProcess {
  /** Where the page can be driven from; null without a browser. */
  readonly endpoint: string | null;
  /** Everything the application did so far, in order; it grows while the application runs. */
  readonly recorded: readonly Recorded[];
  /** Everything it wrote to its standard output and error so far. */
  readonly output: () => string;
  /** Asks the running application; see control-types.ts. Rejects if the host can't answer. */
  readonly ask: (question: Question) => Promise<unknown>;
  /** Ends the application as a window system would, and waits for its exit status. */
  readonly close: () => Promise<number>;
  /** Resolves with the exit status when the application has ended by itself. */
  readonly ended: Promise<number>;
  readonly pid: number;
}

/** An application that ended before its window was there, or in the middle of a question. */
export class EndedEarly extends Error {
  readonly status: number;
  readonly recorded: readonly Recorded[];
  readonly stderr: string;

  constructor(status: number, recorded: readonly Recorded[], stderr: string) {
    super(`The application ended with status ${status}\n${stderr}`);
    this.status = status;
    this.recorded = recorded;
    this.stderr = stderr;
  }
}

/**
 * Starts the built application on the Chromium host and waits for its page.
 * @param args what stands after the executable and the script, such as `--profile FILE`
 * @throws EndedEarly if it ends before; with its status, for tests of what must not start
 */
export async function startHost(args: readonly string[], env: NodeJS.ProcessEnv): Promise<HostProcess> {
  const child = fork(path.join(ROOT, 'tests/host/main.ts'), args, {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...env, LATCHKEY_HOST_CONTROL: '1' },
  });
  const recorded: Recorded[] = [];
  const stderr: Buffer[] = [];
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr.push(chunk);
    output.push(chunk);
  });
  const ended = new Promise<number>((resolve) => {
    child.once('close', (status) => resolve(status ?? -1));
  });
  const questions = new Map<number, PromiseWithResolvers<unknown>>();
  const ready = Promise.withResolvers<string | null>();
  child.on('message', (message: FromHost) => {
    switch (message.type) {
      case 'ready':
        ready.resolve(message.endpoint);
        break;
      case 'record':
        recorded.push(message.entry);
        break;
      case 'answer':
        questions.get(message.id)?.resolve(message.value);
        break;
      case 'failed':
        questions.get(message.id)?.reject(new Error(message.message));
        break;
    }
  });
  void ended.then((status) => {
    const error = new EndedEarly(status, recorded, Buffer.concat(stderr).toString('utf8'));
    ready.reject(error);
    for (const question of questions.values()) question.reject(error);
    return null;
  });
  const endpoint = await ready.promise;
  return {
    endpoint,
    recorded,
    output: () => Buffer.concat(output).toString('utf8'),
    ask: asker(child, questions),
    close: () => close(child, ended),
    ended,
    pid: child.pid ?? 0,
  };
}

function asker(
  child: ChildProcess,
  questions: Map<number, PromiseWithResolvers<unknown>>,
): HostProcess['ask'] {
  let lastId = 0;
  return async (question) => {
    lastId += 1;
    const id = lastId;
    const waiting = Promise.withResolvers<unknown>();
    questions.set(id, waiting);
    child.send({ id, question } satisfies ToHost, (error) => {
      if (error !== null) waiting.reject(error);
    });
    try {
      return await waiting.promise;
    } finally {
      questions.delete(id);
    }
  };
}

async function close(child: ChildProcess, ended: Promise<number>): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  return ended;
}
