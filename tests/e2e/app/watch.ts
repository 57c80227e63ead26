import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Recorded } from '../../host/recorder.ts';
import type { App } from '../../support/app.ts';
import type { Place } from '../../support/leaks.ts';

/** Keeps everything that the application wrote, sent and showed, as it was at each look. */
export interface Watch {
  readonly places: readonly Place[];
  /** Takes down what there is now. Of a window only while it is open. */
  readonly look: (when: string) => Promise<void>;
  /** Listens to the console of the present page; to be called again after a restart. */
  readonly listen: () => void;
}

const text = (name: string, content: string): Place => ({ name, bytes: Buffer.from(content, 'utf8') });

export function watch(app: App, dataDir: string): Watch {
  const places: Place[] = [];
  const console: string[] = [];
  return {
    places,
    listen: () => {
      app.page.on('console', (message) => console.push(message.text()));
      app.page.on('pageerror', (error) => console.push(String(error.stack)));
    },
    look: async (when) => {
      const add = (name: string, content: string) => places.push(text(`${name} (${when})`, content));
      for (const file of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
        const name = path.join(file.parentPath, file.name);
        if (!file.isFile()) continue;
        places.push({ name: `${path.relative(dataDir, name)} (${when})`, bytes: readFileSync(name) });
      }
      add('page', await readPage(app));
      add('page console', console.join('\n'));
      add('process output', app.output());
      add('IPC', JSON.stringify(app.traffic.map(withoutTheTypedCode)));
    },
  };
}

/** The one place where a code belongs: the request that carries what the person has typed. */
function withoutTheTypedCode(entry: Recorded): unknown {
  const carries = ['license.activate', 'offline.makeRequest'];
  return entry.kind === 'request' && carries.includes(entry.channel) ? { ...entry, args: null } : entry;
}

/** Everything of the page that can be read, but for what stands in the field for the code. */
function readPage(app: App): Promise<string> {
  return app.page.evaluate(async () => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const field of copy.querySelectorAll('input[name="code"]')) field.removeAttribute('value');
    const fields = [...document.querySelectorAll('input, textarea')]
      .filter((field) => field.getAttribute('name') !== 'code')
      .map((field) => (field as HTMLInputElement).value);
    return JSON.stringify({
      html: copy.outerHTML,
      text: document.body.innerText,
      fields,
      title: document.title,
      address: location.href,
      history: history.state as unknown,
      cookie: document.cookie,
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      databases: await indexedDB.databases(),
    });
  });
}
