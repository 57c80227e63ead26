import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

interface ManifestEntry {
  /** Path below dist/renderer, with forward slashes. */
  readonly file: string;
  readonly contentType: string;
  /** Of the file's bytes, lower case hexadecimal. */
  readonly sha256: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What the content security policy would refuse at run time is refused here already. */
function refusedByPolicy(file: string, text: string): string | null {
  if (file.endsWith('.html')) {
    if (/<script(?![^>]*\bsrc=)[^>]*>/i.test(text)) return 'has an inline script';
    if (/<style[\s>]/i.test(text) || /\sstyle\s*=/i.test(text)) return 'has an inline style';
    if (/\son[a-z]+\s*=/i.test(text)) return 'has an inline event handler';
  }
  if (file.endsWith('.js') && /\beval\(|\bnew Function\(/.test(text)) return 'makes code from text';
  return null;
}

/**
 * Writes the manifest of everything that `app://` serves, by exact path (`/index.html`, `/assets/...`), after the
 * renderer is built. What is not in it doesn't exist for the window, so that no path trick reaches a file.
 */
export function rendererManifest(options: { readonly environment: string; readonly file: string }): Plugin {
  return {
    name: 'latchkey:renderer-manifest',
    applyToEnvironment: (environment) => environment.name === options.environment,
    writeBundle(_output, bundle) {
      const entries: Record<string, ManifestEntry> = {};
      for (const [file, item] of Object.entries(bundle).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const bytes = Buffer.from(item.type === 'chunk' ? item.code : item.source);
        const contentType = CONTENT_TYPES[path.extname(file)];
        if (contentType === undefined) this.error(`${file}: no content type is known for it`);
        const refused = refusedByPolicy(file, bytes.toString('utf8'));
        if (refused !== null) this.error(`${file} ${refused}`);
        entries[`/${file}`] = { file, contentType, sha256: createHash('sha256').update(bytes).digest('hex') };
      }
      mkdirSync(path.dirname(options.file), { recursive: true });
      writeFileSync(options.file, `${JSON.stringify(entries, null, 2)}\n`);
    },
  };
}
