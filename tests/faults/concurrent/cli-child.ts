import * as v from 'valibot';
import { processPorts } from '../../../electron/cli/process-ports.ts';
import { runCli } from '../../../electron/cli/run.ts';
import { environmentNetwork } from '../../../electron/platform/network.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { choicesFrom } from '../kill-campaign/prng.ts';
import { CHANGES, isChange, obey, type Command, type Deed, type Orders } from './words.ts';

/** A process that runs the command line again and again, each time from the arguments on, as a shell script does. */

const answer = v.looseObject({ error: v.optional(v.looseObject({ code: v.string() })) });
const requestAnswer = v.looseObject({ id: v.string() });

async function latchkey(
  orders: Orders,
  args: readonly string[],
  code: string,
): Promise<{ exit: number; json: unknown }> {
  let out = '';
  const ports = processPorts({
    keyring: NO_KEYRING,
    network: () => environmentNetwork(process.env),
    version: '0.0.0',
    systemLocale: 'en',
  });
  const exit = await runCli(['--profile', orders.profile, '--data', orders.dataDir, '--json', ...args], {
    ...ports,
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    readStdin: () => Promise.resolve(Buffer.from(code)),
  });
  return { exit, json: out === '' ? null : JSON.parse(out) };
}

/** What a script asks for; what is often done is there more than once. */
const USES: readonly string[] =
  'refresh check check status take putBack spend track choose certificate'.split(' ');

async function begin(orders: Orders): Promise<(command: Command) => Promise<readonly Deed[]>> {
  const { productId, local } = orders;
  const choices = choicesFrom(orders.seed);
  const run = async (
    what: string,
    args: readonly string[],
    typed = '',
  ): Promise<Deed & { json: unknown }> => {
    const { exit, json } = await latchkey(orders, args, typed);
    const code = exit === 0 ? 'ok' : ((v.is(answer, json) ? json.error?.code : undefined) ?? `exit ${exit}`);
    const { key, added } = isChange(what) ? CHANGES[what] : { key: '', added: 0 };
    const counted = code === 'ok' && added !== 0 ? { key, added } : null;
    return { what, code, revision: null, made: null, counted, json };
  };
  const plain = async (what: string, args: readonly string[], typed = ''): Promise<Deed> => {
    const { json: _, ...deed } = await run(what, args, typed);
    return deed;
  };
  const choose = (server: 'cloud' | 'local'): Promise<Deed> => {
    const args =
      server === 'cloud' ? ['cloud'] : ['local', local.url, '--ca', local.caFile, '--pin', local.pin];
    return plain('choose', ['server', 'use', ...args, '--yes']);
  };
  const use = (): Promise<Deed> => {
    const what = choices.one(USES);
    if (what === 'choose') return choose(choices.one(['cloud', 'local']));
    if (what === 'certificate') return plain(what, ['certificate', 'show']);
    if (!isChange(what)) return plain(what, [what, productId]);
    const { kind, key, amount } = CHANGES[what];
    const verb = kind === 'usage' ? ['use', key] : [kind, key, '--amount', String(amount)];
    return plain(what, ['feature', ...verb]);
  };
  return async (command) => {
    const deeds: Deed[] = [];
    switch (command.kind) {
      case 'request':
        for (let time = 0; time < command.times; time += 1) {
          const { json, ...deed } = await run(
            'request',
            ['offline', 'request', productId, '--code-file', '-'],
            command.code,
          );
          deeds.push({ ...deed, made: v.is(requestAnswer, json) ? json.id : null });
        }
        break;
      case 'activate':
        deeds.push(await plain('activate', ['activate', productId, '--code-file', '-'], command.code));
        break;
      case 'choose':
        deeds.push(await choose(command.server));
        break;
      case 'use':
        for (let time = 0; time < command.times; time += 1) deeds.push(await use());
        break;
      case 'deactivate':
        deeds.push(await plain('deactivate', ['deactivate', productId]));
    }
    return deeds;
  };
}

await obey(begin);
