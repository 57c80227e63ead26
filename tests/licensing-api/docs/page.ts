import { html, type Html } from '../../../shared/support/html.ts';
import type { ContractDocument } from './document.ts';
import { listOperations, operationArticle, type Listed } from './operations.ts';
import { inline, prose } from './prose.ts';
import { namedSchema, schemaId } from './schemas.ts';

/** The contract as one page that needs nothing else: no script, no font, no picture, its style inside. */

const tagId = (name: string): string => `tag-${name.toLowerCase()}`;

function contents(document: ContractDocument, operations: readonly Listed[]): Html {
  const groups = document.tags.map(({ name }) => {
    const entries = operations
      .filter((it) => it.operation.tags.includes(name))
      .map(
        ({ method, operation }) =>
          html`<li>
            <a href="#${operation.operationId}"
              ><span class="method ${method}">${method === 'delete' ? 'del' : method}</span>
              <span>${operation.summary}</span></a
            >
          </li>`,
      );
    return html`<p class="group"><a href="#${tagId(name)}">${name}</a></p>
      <ul>
        ${entries}
      </ul>`;
  });
  return html`${groups}
    <p class="group"><a href="#schemas">Schemas</a></p>
    <ul class="names">
      ${Object.keys(document.components.schemas).map(
        (name) => html`<li><a href="#${schemaId(name)}">${name}</a></li>`,
      )}
    </ul>`;
}

const COMMON_HEADERS: readonly (readonly [string, string])[] = [
  [
    'N-TenantId',
    'The tenant. Required by every call of an application, and by the public ones below `/api/v1/`.',
  ],
  ['N-ApiVersion', 'The version wanted. Every answer says with it which one was used.'],
  ['X-Correlation-Id', 'Joins the log of the caller with that of the server. Echoed, or made by the server.'],
];

/** @param css put into the page as it is */
export function docsPage(document: ContractDocument, css: string): string {
  const { info, tags, components } = document;
  const operations = listOperations(document);
  const sections = tags.map(
    ({ name, description }) =>
      html`<section aria-labelledby="${tagId(name)}">
        <h2 id="${tagId(name)}">${name}</h2>
        ${prose(description)}
        ${operations.filter((it) => it.operation.tags.includes(name)).map((it) => operationArticle(document, it))}
      </section>`,
  );
  const headers = COMMON_HEADERS.map(
    ([name, text]) =>
      html`<div class="field">
        <dt><code>${name}</code></dt>
        <dd><p>${inline(text)}</p></dd>
      </div>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${info.title} ${info.version}</title>
        ${{ markup: `<style>${css}</style>` }}
      </head>
      <body>
        <main id="top">
          <h1>${info.title}</h1>
          <p class="lead">
            Version ${info.version}. The same as <a href="/docs/openapi.yaml">OpenAPI 3.1</a>, for programs.
            <a class="to-contents" href="#contents">Contents</a>
          </p>
          ${prose(info.description.replaceAll('`x-ours: true`', 'the word ours'))}
          <section aria-labelledby="headers">
            <h2 id="headers">Headers of many calls</h2>
            <dl class="fields">${headers}</dl>
          </section>
          ${sections}
          <section aria-labelledby="schemas">
            <h2 id="schemas">Schemas</h2>
            ${Object.entries(components.schemas).map(([name, schema]) => namedSchema(name, schema))}
          </section>
        </main>
        <nav id="contents" aria-label="Contents">
          <p class="title"><a href="#top">${info.title}</a> <span>${info.version}</span></p>
          ${contents(document, operations)}
        </nav>
      </body>
    </html> `.markup;
}
