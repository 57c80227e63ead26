import { html, type Html } from '../../../shared/support/html.ts';
import {
  nameOf,
  type ContractDocument,
  type DocumentedOperation,
  type DocumentedParameter,
  type DocumentedResponse,
  type Schema,
} from './document.ts';
import { inline, prose } from './prose.ts';
import { kindOf, oursMark, schemaBody } from './schemas.ts';

/** Operations for people: what to send, who may, and what comes back. */

export interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

/** Headers that many calls have; said once at the top of the page instead of with each. */
const COMMON = new Set(['N-TenantId', 'N-ApiVersion', 'X-Correlation-Id']);

/** Every operation, in the order of the contract. */
export function listOperations(document: ContractDocument): readonly Listed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
}

const resolved = <T extends { readonly $ref?: string | undefined }>(
  it: T,
  all: Readonly<Record<string, T>>,
): T => (it.$ref === undefined ? it : (all[nameOf(it.$ref)] ?? it));

function credentials(operation: DocumentedOperation): Html {
  const [scheme] = operation.security;
  const scopes = scheme?.['managementToken'];
  if (scopes !== undefined) {
    const [scope = ''] = scopes;
    return html`Management token with <code>${scope}</code>`;
  }
  return scheme === undefined ? html`No token` : html`Access token of the activation`;
}

function parameterRow(it: DocumentedParameter): Html {
  const where: Readonly<Record<string, string>> = { header: 'header', path: 'in the path', query: 'query' };
  return html`<div class="field">
    <dt>
      <code>${it.name}</code> ${it.required ? html`<span class="required">required</span>` : html``}
      ${oursMark(it['x-ours'])}
    </dt>
    <dd>
      <p class="kind">${where[it.in] ?? it.in}, ${kindOf(it.schema ?? {})}</p>
      ${prose(it.description)}
    </dd>
  </div>`;
}

function contentOf(content: Readonly<Record<string, { readonly schema: Schema }>>): Html {
  const [entry] = Object.entries(content);
  if (entry === undefined) return html``;
  const [type, { schema }] = entry;
  const note = type === 'application/json' ? html`` : html` as <code>${type}</code>`;
  return schema.$ref === undefined ? schemaBody(schema) : html`<p class="kind">${kindOf(schema)}${note}</p>`;
}

function responseRow(status: string, it: DocumentedResponse): Html {
  if (status === 'default') {
    return html`<div class="field">
      <dt><code>4xx, 5xx</code></dt>
      <dd>${contentOf(it.content)}</dd>
    </div>`;
  }
  const nonce = 'N-Nonce' in it.headers ? html`, with the next <code>N-Nonce</code>` : html``;
  return html`<div class="field">
    <dt><code>${status}</code> ${oursMark(it['x-ours'])}</dt>
    <dd>
      <p>${inline(it.description)}${nonce}</p>
      ${contentOf(it.content)}
    </dd>
  </div>`;
}

const part = (title: string, rows: readonly Html[]): Html =>
  rows.length === 0
    ? html``
    : html`<section class="part">
        <h4>${title}</h4>
        <dl class="fields">${rows}</dl>
      </section>`;

export function operationArticle(document: ContractDocument, { method, path, operation }: Listed): Html {
  const { components } = document;
  const { operationId: id, requestBody, responses } = operation;
  const parameters = operation.parameters
    .map((it) => resolved(it, components.parameters))
    .filter((it) => !COMMON.has(it.name));
  const answers = Object.entries(responses).map(([status, it]) =>
    responseRow(status, resolved(it, components.responses)),
  );
  const body =
    requestBody === undefined
      ? html``
      : html`<section class="part">
          <h4>Body${requestBody.required ? '' : ', optional'}</h4>
          ${contentOf(requestBody.content)}
        </section>`;
  return html`<article class="operation" id="${id}">
    <h3><a class="anchor" href="#${id}">${operation.summary}</a> ${oursMark(operation['x-ours'])}</h3>
    <p class="call"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></p>
    <p class="who">${credentials(operation)}</p>
    ${prose(operation.description)} ${part('Parameters', parameters.map(parameterRow))} ${body}
    ${part('Answers', answers)}
  </article>`;
}
