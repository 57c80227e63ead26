import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import contract from '../../shared/licensing-api/generated/openapi.json' with { type: 'json' };
import type {
  ActivateResponse,
  Activation,
  ActivationState,
  Entitlement,
  Feature,
} from '../../shared/licensing-api/generated/types.gen.ts';

/**
 * Checks what the server answered against the contract (shared/licensing-api/openapi.yaml), the same file that the
 * reference server is checked with. Fields that the contract doesn't name are allowed and ignored, because additive
 * change is not breaking.
 */
export interface Answers {
  readonly ActivateResponse: ActivateResponse;
  readonly ActivationState: ActivationState;
  readonly Activation: Activation;
  readonly Entitlement: Entitlement;
  readonly Feature: Feature;
}

const ROOT = 'https://latchkey/licensing-api';
let ajv: Ajv2020 | null = null;
const validators = new Map<string, ValidateFunction>();

/**
 * Narrows the body of an answer to a model of the contract; null if it isn't one.
 * @param model name under components/schemas
 */
export function asAnswer<M extends keyof Answers>(model: M, body: unknown): Answers[M] | null {
  const validate = validators.get(model) ?? compile(model);
  return validate(body) ? (body as Answers[M]) : null;
}

function compile(model: keyof Answers): ValidateFunction {
  if (ajv === null) {
    ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
    addFormats(ajv);
    ajv.addSchema({ $id: ROOT, components: contract.components });
  }
  const validate = ajv.compile({ $ref: `${ROOT}#/components/schemas/${model}` });
  validators.set(model, validate);
  return validate;
}
