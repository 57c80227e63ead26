import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

/** The contract as the page about it reads it: with its descriptions, where `contract.ts` wants only the checks. */

const FILE = path.resolve(import.meta.dirname, '../../../shared/licensing-api/openapi.yaml');

/** A JSON schema, as far as the page shows one. */
export interface Schema {
  readonly $ref?: string | undefined;
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly const?: string | undefined;
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly items?: Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly 'x-ours'?: boolean | undefined;
  readonly 'x-status'?: Readonly<Record<string, number>> | undefined;
}

const text = v.optional(v.string());
const number = v.optional(v.number());
const ours = v.optional(v.boolean());

const schema: v.GenericSchema<unknown, Schema> = v.lazy(() =>
  v.object({
    $ref: text,
    description: text,
    type: text,
    format: text,
    enum: v.optional(v.array(v.string())),
    const: text,
    pattern: text,
    minimum: number,
    maximum: number,
    minLength: number,
    maxLength: number,
    minItems: number,
    maxItems: number,
    items: v.optional(schema),
    oneOf: v.optional(v.array(schema)),
    allOf: v.optional(v.array(schema)),
    required: v.optional(v.array(v.string())),
    properties: v.optional(v.record(v.string(), schema)),
    additionalProperties: v.optional(v.union([v.boolean(), schema])),
    'x-ours': ours,
    'x-status': v.optional(v.record(v.string(), v.number())),
  }),
);

const content = v.optional(v.record(v.string(), v.object({ schema })), {});
const parameter = v.object({
  $ref: text,
  name: v.optional(v.string(), ''),
  in: v.optional(v.string(), ''),
  required: v.optional(v.boolean(), false),
  description: text,
  schema: v.optional(schema),
  'x-ours': ours,
});
const response = v.object({
  $ref: text,
  description: v.optional(v.string(), ''),
  content,
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  'x-ours': ours,
});
const operation = v.object({
  operationId: v.string(),
  tags: v.pipe(v.array(v.string()), v.minLength(1)),
  summary: v.string(),
  description: text,
  security: v.optional(v.array(v.record(v.string(), v.array(v.string()))), []),
  parameters: v.optional(v.array(parameter), []),
  requestBody: v.optional(v.object({ required: v.optional(v.boolean(), false), content })),
  responses: v.record(v.string(), response),
  'x-ours': ours,
});
const document = v.object({
  info: v.object({ title: v.string(), version: v.string(), description: v.string() }),
  tags: v.array(v.object({ name: v.string(), description: v.optional(v.string(), '') })),
  paths: v.record(v.string(), v.record(v.string(), operation)),
  components: v.object({
    parameters: v.record(v.string(), parameter),
    responses: v.record(v.string(), response),
    schemas: v.record(v.string(), schema),
  }),
});

export type ContractDocument = v.InferOutput<typeof document>;
export type DocumentedOperation = v.InferOutput<typeof operation>;
export type DocumentedParameter = v.InferOutput<typeof parameter>;
export type DocumentedResponse = v.InferOutput<typeof response>;

/** The last part of a reference: the name of what it points to. */
export const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref;

/** The contract, as text and taken apart. */
export function readDocument(): { readonly source: string; readonly document: ContractDocument } {
  const source = readFileSync(FILE, 'utf8');
  const parsed: unknown = parse(source);
  return { source, document: v.parse(document, parsed) };
}
