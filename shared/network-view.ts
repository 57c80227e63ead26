import * as v from 'valibot';
import { HOST_PURPOSES } from './hosts-to-allow.ts';
import { MANAGED } from './managed-policy.ts';
import { proxyChoiceSchema } from './proxy-choice.ts';

/** How this installation leaves its network. */
export const networkViewSchema = v.strictObject({
  /** The choice in force: the administrator's, else the user's. */
  proxy: proxyChoiceSchema,
  /** What an administrator has decided. */
  managed: v.pipe(v.array(v.picklist(MANAGED)), v.readonly()),
  /** Why the administrator's policy can't be obeyed; null = it can, or there is none. */
  problem: v.nullable(v.pipe(v.string(), v.maxLength(300))),
  /** Host and port of the proxies that there is a login for. */
  signedIn: v.pipe(v.array(v.string()), v.readonly()),
  /** What a firewall has to let through. */
  hosts: v.pipe(
    v.array(
      v.strictObject({
        host: v.string(),
        port: v.number(),
        purpose: v.picklist(HOST_PURPOSES),
        inspection: v.picklist(['never', 'allowed']),
      }),
    ),
    v.readonly(),
  ),
});

export type NetworkView = v.InferOutput<typeof networkViewSchema>;
