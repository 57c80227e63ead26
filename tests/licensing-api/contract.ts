import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { ValidationError } from '../../shared/licensing-api/generated/types.gen.ts';

/** The contract, read from shared/licensing-api/openapi.yaml: what is called how, and the checks of both ways. */
const CONTRACT_FILE = path.resolve(import.meta.dirname, '../../shared/licensing-api/openapi.yaml');
const MAX_REPORTED = 100;

/** Checks a value; null = it is right. */
export type Check = (value: unknown) => readonly ErrorObject[] | null;

export interface Parameter {
  readonly name: string;
  readonly in: 'header' | 'query' | 'path';
  readonly required: boolean;
  readonly check: Check;
}

export type Security =
  | { readonly kind: 'none' }
  | { readonly kind: 'access' }
  | { readonly kind: 'management'; readonly scopes: readonly string[] };

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it, with `{name}`. */
  readonly path: string;
  readonly security: Security;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly check: Check } | null;
  /** What is wrong with an answer (its body is a string where it is text); null = it keeps the contract. */
  readonly checkAnswer: (
    status: number,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ) => string | null;
}

const reference = v.object({ $ref: v.string() });
const media = v.record(v.string(), v.object({ schema: v.unknown() }));
const response = v.object({
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  content: v.optional(media, {}),
});
const parameter = v.object({
  name: v.string(),
  in: v.picklist(['header', 'query', 'path']),
  required: v.optional(v.boolean(), false),
});
const header = v.object({ required: v.optional(v.boolean(), false) });
const operation = v.object({
  operationId: v.string(),
  security: v.optional(v.array(v.record(v.string(), v.array(v.string()))), []),
  parameters: v.optional(v.array(v.unknown()), []),
  requestBody: v.optional(v.object({ required: v.optional(v.boolean(), false), content: media })),
  responses: v.record(v.string(), v.unknown()),
});
const methods = v.picklist(['get', 'post', 'patch', 'delete']);
const document = v.looseObject({
  paths: v.record(v.string(), v.record(v.string(), operation)),
});

const escapePointer = (segment: string) =>
  encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
const pointer = (...segments: readonly string[]) => `#/${segments.map(escapePointer).join('/')}`;

/** What a local reference points to. */
function lookUp(root: unknown, ref: string): unknown {
  let node = root;
  for (const segment of ref.slice(2).split('/')) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    node = v.parse(v.record(v.string(), v.unknown()), node)[key];
  }
  return node;
}

/** What ajv found, for people; values are left out because they can be secrets. */
export function describeErrors(errors: readonly ErrorObject[], prefix = ''): ValidationError[] {
  return errors.slice(0, MAX_REPORTED).map((error) => {
    const missing: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
    const at = error.instancePath.slice(1).replaceAll('/', '.');
    const parts = [prefix, at, typeof missing === 'string' ? missing : ''].filter((part) => part !== '');
    return {
      propertyName: parts.join('.').slice(0, 200),
      message: error.message ?? 'is invalid',
      code: error.keyword,
    };
  });
}

/** Reads the contract. */
export function loadContract(): readonly Operation[] {
  const root: unknown = parse(readFileSync(CONTRACT_FILE, 'utf8'));
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, validateSchema: true });
  addFormats(ajv);
  // The whole document is what references start from; only the schemas in it are ever compiled.
  ajv.addVocabulary(['x-ours', 'x-status', ...Object.keys(v.parse(v.looseObject({}), root))]);
  ajv.addSchema(v.parse(v.looseObject({}), root), 'api', undefined, false);
  const compiled = new Map<string, ValidateFunction>();
  /** Compiles at the first use: a server starts in a fraction of the time, and most tests use a few only. */
  const checkAt =
    (at: string): Check =>
    (value) => {
      const validate = compiled.get(at) ?? ajv.compile({ $ref: `api${at}` });
      compiled.set(at, validate);
      return validate(value) ? null : (validate.errors ?? []);
    };

  /** Follows a reference one step and says where the thing itself is. */
  const resolve = (node: unknown, at: string): { node: unknown; at: string } =>
    v.is(reference, node) ? { node: lookUp(root, node.$ref), at: node.$ref } : { node, at };

  const readParameters = (nodes: readonly unknown[], at: string): Parameter[] =>
    nodes.map((node, index) => {
      const found = resolve(node, `${at}/parameters/${index}`);
      return { ...v.parse(parameter, found.node), check: checkAt(`${found.at}/schema`) };
    });

  const readResponses = (nodes: Readonly<Record<string, unknown>>, at: string): Operation['checkAnswer'] => {
    const known = new Map(
      Object.entries(nodes).map(([status, node]) => {
        const found = resolve(node, `${at}/responses/${status}`);
        const { content, headers } = v.parse(response, found.node);
        const [type] = Object.keys(content);
        const bodyCheck =
          type === undefined ? null : checkAt(`${found.at}/content/${escapePointer(type)}/schema`);
        const checks = Object.entries(headers).map(([name, value]) => {
          const target = resolve(value, `${found.at}/headers/${escapePointer(name)}`);
          const { required } = v.parse(header, target.node);
          return { name, required, check: checkAt(`${target.at}/schema`) };
        });
        return [status, { bodyCheck, checks }] as const;
      }),
    );
    return (status, headers, body) => {
      // `default` is the error of every operation; an undeclared success is a mistake, not a default.
      const expected = known.get(String(status)) ?? (status >= 400 ? known.get('default') : undefined);
      if (expected === undefined) return `status ${status} is not in the contract`;
      for (const { name, required, check } of expected.checks) {
        const value = headers[name];
        if (value === undefined ? required : check(value) !== null)
          return `header ${name} breaks the contract`;
      }
      const { bodyCheck } = expected;
      if (bodyCheck === null) return body === undefined ? null : 'a body where the contract has none';
      const errors = bodyCheck(body);
      return errors === null ? null : JSON.stringify(describeErrors(errors));
    };
  };

  return Object.entries(v.parse(document, root).paths).flatMap(([route, item]) =>
    Object.entries(item).map(([verb, it]): Operation => {
      const method = v.parse(methods, verb);
      const at = pointer('paths', route, method);
      const [scheme] = it.security;
      const scopes = scheme?.['managementToken'];
      const type = Object.keys(it.requestBody?.content ?? {})[0];
      return {
        id: it.operationId,
        method: v.parse(v.picklist(['GET', 'POST', 'PATCH', 'DELETE']), method.toUpperCase()),
        path: route,
        security:
          scopes === undefined
            ? { kind: scheme?.['accessToken'] === undefined ? 'none' : 'access' }
            : { kind: 'management', scopes },
        parameters: readParameters(it.parameters, at),
        body:
          it.requestBody === undefined || type === undefined
            ? null
            : {
                required: it.requestBody.required,
                check: checkAt(`${at}/requestBody/content/${escapePointer(type)}/schema`),
              },
        checkAnswer: readResponses(it.responses, at),
      };
    }),
  );
}
