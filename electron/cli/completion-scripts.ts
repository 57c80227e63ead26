import { flatten, type DescribedCommand, type DescribedOption } from './describe-program.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/** The script for a shell. It holds every word itself: completing starts no program. */
export function completionScript(shell: Shell, program: DescribedCommand): string {
  return { bash, zsh, fish, powershell }[shell](program);
}

/** What may follow a command, but for options: its commands and the values of its arguments. */
function wordsOf(command: DescribedCommand): readonly string[] {
  return [...command.commands.map(lastWord), ...command.args.flatMap(({ choices }) => choices)];
}

/** The options of a command and the general ones. */
function optionsOf(command: DescribedCommand, program: DescribedCommand): readonly string[] {
  return [
    ...command.options.map(({ name }) => name),
    ...(command === program ? [] : program.options.map(({ name }) => name)),
    '--help',
  ];
}

const lastWord = ({ path }: DescribedCommand): string => path.split(' ').at(-1) ?? '';

/** Options with a value, each once: all commands mean the same by the same name. */
function valueOptions(program: DescribedCommand): readonly DescribedOption[] {
  const all = flatten(program).flatMap(({ options }) => options.filter(({ takesValue }) => takesValue));
  return [...new Map(all.map((option) => [option.name, option])).values()];
}

const takesFile = ({ args }: DescribedCommand): boolean => args.some(({ usage }) => usage.includes('file'));

/** Shell code that finds out, in `path`, which command the words before the cursor have named. */
const bash = (program: DescribedCommand): string => {
  const commands = flatten(program);
  const values = valueOptions(program);
  return `# Completion of latchkey for bash: latchkey completion bash > ~/.local/share/bash-completion/completions/latchkey
_latchkey() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" word index skip=0
  COMPREPLY=()
  case "$previous" in
${values
  .map(({ name, choices, isPath }) => {
    const found =
      choices.length > 0
        ? `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current"))`
        : isPath
          ? 'compopt -o default'
          : ':';
    return `    ${name}) ${found}; return ;;`;
  })
  .join('\n')}
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if ((skip)); then skip=0; continue; fi
    case "$word" in
      ${values.map(({ name }) => name).join('|')}) skip=1 ;;
      -*) ;;
      *) case "\${path:+$path }$word" in
${commands
  .slice(1)
  .map(({ path }) => `        "${path}") path="${path}" ;;`)
  .join('\n')}
        esac ;;
    esac
  done
  case "$path" in
${commands
  .map((command) => {
    const files = takesFile(command) ? ' compopt -o default;' : '';
    const [words, options] = [wordsOf(command), optionsOf(command, program)].map((all) => all.join(' '));
    return `    "${command.path}")
      if [[ "$current" == -* ]]; then
        COMPREPLY=($(compgen -W "${options}" -- "$current"))
      else
       ${files} COMPREPLY=($(compgen -W "${words}" -- "$current"))
      fi ;;`;
  })
  .join('\n')}
  esac
}
complete -F _latchkey latchkey
`;
};

const quoteZsh = (text: string): string => text.replaceAll("'", `'\\''`).replaceAll(/[[\]:]/g, '\\$&');

/** zsh would complete no option where an argument without proposals, a space, may stand as well. */
const NOTHING = '()';

/** A value of zsh's _arguments: a list, files, or anything. */
function zshValue({ choices, isPath, takesValue, name }: DescribedOption): string {
  if (!takesValue) return '';
  if (choices.length > 0) return `:value:(${choices.join(' ')})`;
  return isPath ? ':file:_files' : `:${name.slice(2)}:${NOTHING}`;
}

const zsh = (program: DescribedCommand): string => {
  const functionName = ({ path }: DescribedCommand) =>
    `_latchkey${path === '' ? '' : `_${path}`}`.replaceAll(' ', '_');
  const bodies = flatten(program).map((command) => {
    const own = command === program ? [] : program.options;
    const specs = [...command.options, ...own].map(
      (option) => `    '${option.name}[${quoteZsh(option.description)}]${zshValue(option)}'`,
    );
    const args = command.args.map(({ usage, choices }) =>
      choices.length > 0
        ? `    ':value:(${choices.join(' ')})'`
        : `    '${usage.startsWith('[') ? ':' : ''}:${quoteZsh(usage.slice(1, -1))}:${usage.includes('file') ? '_files' : NOTHING}'`,
    );
    if (command.commands.length === 0) {
      return `${functionName(command)}() {\n  _arguments \\\n${["    '--help[show help]'", ...specs, ...args].join(' \\\n')}\n}\n`;
    }
    const children = command.commands.map(
      (child) => `      '${lastWord(child)}:${quoteZsh(child.description)}'`,
    );
    const cases = command.commands.map((child) => `      ${lastWord(child)}) ${functionName(child)} ;;`);
    return `${functionName(command)}() {
  local line state
  _arguments -C \\
${["    '--help[show help]'", ...specs, "    '1:command:->command'", "    '*::argument:->argument'"].join(' \\\n')}
  case $state in
    command)
      local -a commands=(
${children.join('\n')}
      )
      _describe command commands ;;
    argument) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}
`;
  });
  return `#compdef latchkey
# Completion of latchkey for zsh: latchkey completion zsh > a folder of $fpath/_latchkey
${bodies.join('\n')}
compdef _latchkey latchkey
`;
};

const quoteFish = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

const fish = (program: DescribedCommand): string => {
  const option = (condition: string, { name, description, takesValue, isPath, choices }: DescribedOption) => {
    const values = choices.length > 0 ? ` -a '${choices.join(' ')}'` : '';
    const rest = takesValue ? (isPath ? ' -r -F' : ` -x${values}`) : '';
    return `complete -c latchkey${condition} -l ${name.slice(2)}${rest} -d '${quoteFish(description)}'`;
  };
  const lines = flatten(program).flatMap((command) => {
    const words = command.path.split(' ').filter((word) => word !== '');
    const children = command.commands.map(lastWord).join(' ');
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const none = children === '' ? [] : [`not __fish_seen_subcommand_from ${children}`];
    const here = (parts: readonly string[]) => (parts.length === 0 ? '' : ` -n '${parts.join('; and ')}'`);
    return [
      ...command.commands.map(
        (child) =>
          `complete -c latchkey -f${here([...seen, ...none])} -a ${lastWord(child)} -d '${quoteFish(child.description)}'`,
      ),
      ...command.args
        .filter(({ choices }) => choices.length > 0)
        .map(({ choices }) => `complete -c latchkey -f${here(seen)} -a '${choices.join(' ')}'`),
      ...(takesFile(command) ? [`complete -c latchkey -F${here(seen)}`] : []),
      ...command.options.map((one) => option(here(seen), one)),
    ];
  });
  return `# Completion of latchkey for fish: latchkey completion fish > ~/.config/fish/completions/latchkey.fish
complete -c latchkey -f
complete -c latchkey -l help -d 'show help'
${lines.join('\n')}
`;
};

const quotePowerShell = (text: string): string => text.replaceAll("'", "''");

const powershell = (program: DescribedCommand): string => {
  const list = (words: readonly string[]) => words.map((word) => `'${quotePowerShell(word)}'`).join(', ');
  const values = valueOptions(program);
  return `# Completion of latchkey for PowerShell: latchkey completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName latchkey -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $following = @{
${flatten(program)
  .map(
    (command) => `    '${command.path}' = @(${list([...wordsOf(command), ...optionsOf(command, program)])})`,
  )
  .join('\n')}
  }
  $values = @{
${values.map(({ name, choices }) => `    '${name}' = @(${list(choices)})`).join('\n')}
  }
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $path = ''
  $skip = $false
  foreach ($word in $words) {
    if ($skip) { $skip = $false; continue }
    if ($values.ContainsKey($word)) { $skip = $true; continue }
    $next = "$path $word".Trim()
    if ($following.ContainsKey($next)) { $path = $next }
  }
  $choices = if ($skip) { $values[$words[-1]] } else { $following[$path] }
  $choices | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
};
