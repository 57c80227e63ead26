import { html, type Html } from '../../../shared/support/html.ts';
import { nameOf, type Schema } from './document.ts';
import { prose } from './prose.ts';

/** Schemas for people: what kind of value, within which bounds, and the fields of objects one below the other. */

export const schemaId = (name: string): string => `schema-${name}`;
export const oursMark = (isOurs: boolean | undefined): Html =>
  isOurs === true
    ? html` <span class="ours" title="Decided here, not by the public documents">ours</span>`
    : html``;

const joined = (parts: readonly Html[], by: Html): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${by}${part}`))}`;

const KINDS: Readonly<Record<string, string>> = {
  'date-time': 'instant, ISO 8601 in UTC',
  object: 'object',
  null: 'null',
};

/** What kind of value it is, in a few words. */
export function kindOf(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return html`<a href="#${schemaId(name)}">${name}</a>`;
  }
  if (schema.oneOf !== undefined) return joined(schema.oneOf.map(kindOf), html` or `);
  if (schema.const !== undefined) return html`<code>${schema.const}</code>`;
  if (schema.enum !== undefined) {
    return joined(
      schema.enum.map((it) => html`<code>${it}</code>`),
      html``,
    );
  }
  if (schema.type === 'array') return html`list of ${kindOf(schema.items ?? {})}`;
  return html`${KINDS[schema.format ?? ''] ?? KINDS[schema.type ?? ''] ?? schema.type ?? 'object'}`;
}

/** Numbers that people would rather read in words or not at all. */
const MOST = 9_007_199_254_740_990;
const count = (value: number): string => (value === MOST ? '2^53 - 2' : value.toLocaleString('en'));

function bounds(schema: Schema): string[] {
  const between = (from: number | undefined, to: number | undefined, unit: string): string[] => {
    if (from === undefined && to === undefined) return [];
    const word = unit === '' ? '' : ` ${unit}`;
    if (from === undefined || from === 0) return to === undefined ? [] : [`up to ${count(to)}${word}`];
    if (to === undefined) return [`at least ${count(from)}${word}`];
    return [from === to ? `${count(from)}${word}` : `${count(from)} to ${count(to)}${word}`];
  };
  return [
    ...between(schema.minimum, schema.maximum, ''),
    ...between(schema.minLength, schema.maxLength, 'characters'),
    ...between(schema.minItems, schema.maxItems, 'entries'),
  ];
}

/** What kind of value it is and within which bounds, on one line. */
export function kindLine(schema: Schema, more: Html = html``): Html {
  const pattern = schema.pattern === undefined ? [] : [html`<code>${schema.pattern}</code>`];
  const parts = [html`${kindOf(schema)}${more}`, ...bounds(schema).map((it) => html`${it}`), ...pattern];
  return html`<p class="kind">${joined(parts, html` · `)}</p>`;
}

function field(name: string, schema: Schema, isRequired: boolean): Html {
  const nested = schema.type === 'array' ? schema.items : schema;
  return html`<div class="field">
    <dt>
      <code>${name}</code> ${isRequired ? html`<span class="required">required</span>` : html``}
      ${oursMark(schema['x-ours'])}
    </dt>
    <dd>
      ${kindLine(schema)} ${prose(schema.description)}
      ${nested?.properties === undefined ? html`` : fields(nested)}
    </dd>
  </div>`;
}

function fields(schema: Schema): Html {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([name, it]) =>
    field(name, it, required.has(name)),
  );
  return html`<dl class="fields">${rows}</dl>`;
}

/** A whole schema: of an object its fields, of anything else its kind. */
export function schemaBody(schema: Schema): Html {
  if (schema.allOf !== undefined) {
    return html`${schema.allOf.map((part) =>
      part.$ref === undefined
        ? schemaBody(part)
        : html`<p class="kind">
            Everything of ${kindOf(part)}${part === schema.allOf?.at(-1) ? '' : ', and'}
          </p>`,
    )}`;
  }
  if (schema.properties !== undefined) return fields(schema);
  const values = schema.additionalProperties;
  const each = typeof values === 'object' ? html`, of ${kindOf(values)} by name` : html``;
  return kindLine(schema, each);
}

/** A named schema, with the anchor that everything else links to. */
export function namedSchema(name: string, schema: Schema): Html {
  const closed = schema.additionalProperties === false ? html`<p class="kind">No other fields.</p>` : html``;
  return html`<article class="schema" id="${schemaId(name)}">
    <h3><a class="anchor" href="#${schemaId(name)}">${name}</a> ${oursMark(schema['x-ours'])}</h3>
    ${prose(schema.description)} ${errorTable(schema)}
    ${schema['x-status'] === undefined ? schemaBody(schema) : html``} ${closed}
  </article>`;
}

/** Error codes with their status. */
function errorTable(schema: Schema): Html {
  const codes = schema['x-status'];
  if (codes === undefined) return html``;
  const rows = Object.entries(codes).map(
    ([code, status]) =>
      html`<tr>
        <td><code>${code}</code></td>
        <td>${status}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Code</th>
        <th scope="col">Status</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
