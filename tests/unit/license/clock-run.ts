import {
  afterAnswer,
  afterLook,
  afterRefresh,
  afterResponse,
  follow,
  NEW_RUN,
  trustedNow,
  type KeptTime,
  type Step,
} from '../../../electron/license/clock-policy.ts';

/**
 * A device whose time is kept at every step, and a process on it that can be started again. Its monotonic clock
 * moves by `pass` alone; the local clock is whatever a call says that it is.
 */
export function run(begin: KeptTime) {
  let kept = begin;
  let memory = NEW_RUN;
  let monotonic = 1000;
  const step = (local: number, rule: (look: { local: number; monotonic: number }) => Step) => {
    const look = { local, monotonic };
    memory = follow(memory, kept, look);
    const taken = rule(look);
    kept = taken.kept;
    memory = taken.run;
  };
  return {
    kept: () => kept,
    pass: (milliseconds: number) => {
      monotonic += milliseconds;
    },
    restart: () => {
      memory = NEW_RUN;
      monotonic = 0;
    },
    now: (local: number) => {
      const look = { local, monotonic };
      memory = follow(memory, kept, look);
      return trustedNow(kept, memory, look);
    },
    look: (local: number) => step(local, (look) => afterLook(kept, memory, look)),
    answered: (local: number, stated: number) =>
      step(local, (look) => afterAnswer(kept, memory, look, stated)),
    response: (local: number, issued: number) =>
      step(local, (look) => afterResponse(kept, memory, look, issued)),
    refresh: (local: number, issued: number) =>
      step(local, (look) => afterRefresh(kept, memory, look, issued)),
  };
}
