import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { proxyText, parseProxyText } from '../../shared/proxy-choice.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { LANGUAGES, THEMES, type Settings } from '../../shared/settings.ts';
import type { Choose, Context, Output } from './command.ts';
import { hostLines } from './hosts-to-allow.ts';
import { LABELS } from './labels.ts';

interface SetOptions {
  readonly except?: string;
}

const KEYS = ['language', 'theme', 'proxy'] as const;

/** `settings show|set`: what a user may choose, as in the window, and what an administrator has decided. */
export function addSettingsCommands(program: Program, choose: Choose): void {
  const settings = program.command('settings').description('show and change the settings of this user');
  settings
    .command('show', { isDefault: true })
    .description('show the settings, and which of them are managed')
    .action(() => {
      choose({ needs: 'installation', run: (context) => show(context) });
    });
  settings
    .command('set')
    .description('change a setting')
    .argument('<key>', KEYS.join(', '))
    .argument('<value>', 'for the proxy: system, none, pac:ADDRESS of a script, or host:port')
    .option('--except <hosts>', 'hosts that are reached without the proxy, separated by commas')
    .action((key: string, value: string, options: SetOptions) => {
      choose({ needs: 'installation', run: (context) => set(context, key, value, options) });
    });
}

async function show({ services, language }: Context): Promise<Result<Output>> {
  const { application } = await services.snapshot();
  const { settings, network } = application;
  const isManaged = (key: (typeof KEYS)[number]) => key === 'proxy' && network.managed.includes('proxy');
  const values = {
    language: settings.language,
    theme: settings.theme,
    proxy: proxyText(network.proxy),
  };
  const except = network.proxy.kind === 'manual' ? network.proxy.except : '';
  const { managed } = LABELS[language];
  const lines = KEYS.map(
    (key) =>
      `${key.padEnd(8)}  ${values[key]}${key === 'proxy' && except !== '' ? ` (--except ${except})` : ''}${isManaged(key) ? ` [${managed}]` : ''}\n`,
  );
  return ok({
    json: {
      ...Object.fromEntries(KEYS.map((key) => [key, { value: values[key], managed: isManaged(key) }])),
      proxyExcept: except,
      managed: network.managed,
      policyProblem: network.problem,
      signedInTo: network.signedIn,
      hosts: network.hosts,
    },
    text: `${lines.join('')}\n${hostLines(network.hosts, language)}`,
  });
}

async function set(
  context: Context,
  key: string,
  value: string,
  { except }: SetOptions,
): Promise<Result<Output>> {
  const patch = patchOf(key, value, except);
  if (!patch.ok) return patch;
  const changed = await context.services.settings.change(patch.value);
  return changed.ok ? show(context) : changed;
}

function patchOf(key: string, value: string, except: string | undefined): Result<Partial<Settings>> {
  const wrong = (field: string) => err(failure('usageInvalid', { field }));
  switch (key) {
    case 'language': {
      const language = ['system' as const, ...LANGUAGES].find((one) => one === value);
      return language === undefined ? wrong('language') : ok({ language });
    }
    case 'theme': {
      const theme = THEMES.find((one) => one === value);
      return theme === undefined ? wrong('theme') : ok({ theme });
    }
    case 'proxy': {
      const proxy = parseProxyText(value, except);
      return proxy === null ? wrong('proxy: system, none, pac:ADDRESS or host:port') : ok({ proxy });
    }
    default:
      return wrong(KEYS.join(', '));
  }
}
