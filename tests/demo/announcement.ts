import * as v from 'valibot';

/** What the demo's servers say on their standard output, one line of JSON each. */

/** As soon as the application can be opened. */
export const demoServersSchema = v.object({
  url: v.string(),
  portalUrl: v.string(),
  /** Path of the vendor profile. */
  profile: v.string(),
  activationCode: v.string(),
  account: v.object({ username: v.string(), password: v.string() }),
  /** The OpenID provider takes any password. `ca`: PEM of whom a browser has to trust for it. */
  openId: v.object({ issuer: v.string(), ca: v.string() }),
  /** Path of the private key that support bundles are encrypted to. */
  bundleKey: v.string(),
});
export type DemoServers = v.InferOutput<typeof demoServersSchema>;

/** Once the Local License Server is there too. */
export interface LocalServer {
  readonly url: string;
  /** Path of the certificate to choose in the settings. */
  readonly ca: string;
  readonly activationCode: string;
}
