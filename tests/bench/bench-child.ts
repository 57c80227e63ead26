import '../support/no-electron.ts';
import { loadWork } from './contenders.ts';
import type { Material } from './material.ts';

/** A fresh process that does one thing once and says how long it took, the loading of the code included. */
process.once(
  'message',
  (message: { readonly task: string; readonly contender: string; readonly material: Material }) => {
    void (async () => {
      const started = performance.now();
      const work = await loadWork(message.task, message.contender);
      await work(message.material);
      process.send?.(performance.now() - started);
      process.disconnect();
    })();
  },
);
