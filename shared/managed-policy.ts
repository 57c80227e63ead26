import * as v from 'valibot';
import { ACTIONS, type Action } from './license/actions.ts';
import { caSchema, httpsUrl, parsePublicFile, pinSchema } from './profile.ts';
import { proxyChoiceSchema } from './proxy-choice.ts';
import type { Result } from './result.ts';

/**
 * What the administrator of a machine has decided for everybody on it. It wins over the user's settings and never over
 * the vendor: pins are demanded as the profile demands them, and what the profile forbids stays forbidden.
 */

/** A lease that may not be renewed would only end: who wants that takes the license away. */
const ALWAYS: readonly Action[] = ['refresh', 'importRefresh', 'pullState'];

/** What can be denied: actions on a license, and the change of settings. */
export const DENIABLE = [...ACTIONS.filter((action) => !ALWAYS.includes(action)), 'changeSettings'] as const;
export type Deniable = (typeof DENIABLE)[number];

const serverSchema = v.variant('kind', [
  /** The vendor's own, whatever a user has chosen. */
  v.strictObject({ kind: v.literal('cloud') }),
  /** A Local License Server; the same rules as for a user's choice (local-server.ts) are held against it as a whole. */
  v.pipe(
    v.strictObject({
      kind: v.literal('local'),
      url: httpsUrl,
      ca: v.optional(caSchema),
      pins: v.optional(v.pipe(v.array(pinSchema), v.maxLength(10)), []),
    }),
    v.check(
      ({ ca, pins }) => ca !== undefined || pins.length > 0,
      'needs a certificate or a pin: without one it could be anybody',
    ),
  ),
]);

export const policySchema = v.strictObject({
  policyVersion: v.literal(1),
  server: v.optional(serverSchema),
  proxy: v.optional(proxyChoiceSchema),
  /** PEM of roots that are trusted beside the operating system's; pins are demanded all the same. */
  ca: v.optional(caSchema),
  deny: v.optional(v.pipe(v.array(v.picklist(DENIABLE)), v.maxLength(50))),
  virtualMachines: v.optional(v.literal('forbidden')),
});

export type ManagedPolicy = v.InferOutput<typeof policySchema>;

/** Bytes of a policy file; what is larger is none. */
export const POLICY_LIMIT = 256 * 1024;

/** What of the settings an administrator has decided, for windows and the command line to mark. */
export const MANAGED = ['server', 'proxy', 'ca', 'virtualMachines', 'settings'] as const;
export type Managed = (typeof MANAGED)[number];

/** Which parts a policy decides. */
export function managedBy(policy: ManagedPolicy | null): readonly Managed[] {
  if (policy === null) return [];
  return MANAGED.filter((part) =>
    part === 'settings' ? policy.deny?.includes('changeSettings') === true : policy[part] !== undefined,
  );
}

/**
 * Validates a parsed policy file.
 * @returns the policy, or the path of the first field that is wrong with the rule it breaks
 */
export function parsePolicy(input: unknown): Result<ManagedPolicy, string> {
  return parsePublicFile(policySchema, input, 'a policy');
}
