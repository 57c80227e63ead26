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

export type ProxyChoice = v.InferOutput<typeof proxyChoiceSchema>;

/** A choice in one word or address, as the command line writes it: `system`, `none`, `pac:ADDRESS` or an address. */
export function proxyText(choice: ProxyChoice): string {
  switch (choice.kind) {
    case 'system':
    case 'none':
      return choice.kind;
    case 'manual':
      return choice.address;
    case 'pac':
      return `pac:${choice.url}`;
  }
}

/**
 * The reverse of `proxyText`; null where it is no choice.
 * @param except hosts that are reached without a proxy that is named by its address
 */
export function parseProxyText(text: string, except = ''): ProxyChoice | null {
  const wish = text.trim();
  const parsed = v.safeParse(
    proxyChoiceSchema,
    wish === 'system' || wish === 'none'
      ? { kind: wish }
      : wish.startsWith('pac:')
        ? { kind: 'pac', url: wish.slice('pac:'.length) }
        : { kind: 'manual', address: wish, except },
  );
  return parsed.success ? parsed.output : null;
}
