import * as v from 'valibot';

/**
 * The way out of a network, as a user or an administrator chooses it. Never with a login: that is asked for when a
 * proxy wants one, and kept apart.
 */

const ADDRESS = /^(?:(?:https?|socks5?|socks5h):\/\/)?(?:\[[0-9a-f:.]+\]|[^\s:/@[\]?#]+)(?::\d{1,5})?\/?$/i;

const address = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(300),
  v.check(
    (value) => ADDRESS.test(value) && URL.canParse(value.includes('://') ? value : `http://${value}`),
    'must be host:port, with http://, https:// or socks5:// before it, and without a login',
  ),
);

const scriptUrl = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2048),
  v.check((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
    return url.username === '' && url.password === '';
  }, 'must be an http or https address without a login'),
);

export const proxyChoiceSchema = v.variant('kind', [
  /** What the operating system, or for the command line the environment, says. */
  v.strictObject({ kind: v.literal('system') }),
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({
    kind: v.literal('manual'),
    address,
    /** Hosts that are reached without it, separated by commas as in `NO_PROXY`. */
    except: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000)), ''),
  }),
  /** A script that names the way for each address (PAC). */
  v.strictObject({ kind: v.literal('pac'), url: scriptUrl }),
]);
