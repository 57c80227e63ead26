/**
 * What `npm start` prints: what can be tried, and with which credentials. They were made at the first start, for this
 * machine's demo alone.
 *
 * @typedef {{
 *   readonly url: string,
 *   readonly portalUrl: string,
 *   readonly profile: string,
 *   readonly activationCode: string,
 *   readonly account: { readonly username: string, readonly password: string },
 *   readonly bundleKey: string,
 * }} Servers the first line of tests/demo/main.ts, as far as it matters here
 * @typedef {{ readonly url: string, readonly ca: string, readonly activationCode: string }} LocalServer the second
 * @typedef {(file: string) => string} Shown how a path is printed
 */

/** @param {readonly (readonly [caption: string, text: string])[]} rows */
const table = (rows) => rows.map(([caption, text]) => `  ${caption.padEnd(25)}${text}`.trimEnd()).join('\n');

/** @param {Servers} servers @param {string} folder of the demo's data @param {Shown} shown */
export function serversText({ url, portalUrl, activationCode, account, bundleKey }, folder, shown) {
  return `\n${table([
    ['Reference Licensing API', url],
    ['End User Portal', portalUrl],
    ['', ''],
    ['Activation code', activationCode],
    ['Account with a password', `${account.username}, password ${account.password}`],
    ['Account in the browser', `${account.username}, any password (the browser warns of the demo's own CA)`],
    ['Encrypted bundles', 'shared/support/examples/open-bundle.mjs opens them'],
    ['  with the key', shown(bundleKey)],
    ['Demo data', folder],
  ])}\n`;
}

/** @param {LocalServer} local @param {Shown} shown */
export function localServerText({ url, ca, activationCode }, shown) {
  return `${table([
    ['Local License Server', `${url}, to be chosen under Settings, License server`],
    ['  its certificate', shown(ca)],
    ['  its activation code', activationCode],
  ])}\n`;
}
