import type { Command } from 'commander';
import { listedReasons } from '../core/reasons/lookup.ts';
import { ExitError, exitCodes } from './io.ts';
import type { Io } from './io.ts';

interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly string[];
}

/** What may stand behind an option of any command. */
const values: Readonly<Record<string, readonly string[]>> = {
  '--code': listedReasons.flatMap(({ code, reason }) => [code, reason]),
};

const caseOfValues = (complete: (words: string) => string): string[] =>
  Object.entries(values).map(([option, words]) => `    ${option}) ${complete(words.join(' '))}; return ;;`);

function listCommands(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap((option) => (option.long === undefined || option.hidden ? [] : [option.long])),
  }));
}

function renderBash(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(' ')} --help" ;;`);
  return `# bash completion of stoker; load it with: source <(stoker completion bash)
_stoker() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${caseOfValues((words) => `COMPREPLY=($(compgen -W "${words}" -- "$current"))`).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="${commands.map(({ name }) => name).join(' ')} --help --version" ;;
  esac
  if [[ $COMP_CWORD -gt 1 && $current != -* ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  else
    [[ $COMP_CWORD -eq 1 ]] && words="${commands.map(({ name }) => name).join(' ')} --help --version"
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o filenames -F _stoker stoker
`;
}

const quote = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(':', '\\:');

function renderZsh(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, description }) => `    '${name}:${quote(description)}'`);
  const cases = commands.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} --help; _files ;;`);
  return `#compdef stoker
# zsh completion of stoker; load it with: source <(stoker completion zsh)
_stoker() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[CURRENT-1]" in
${caseOfValues((words) => `compadd -- ${words}`).join('\n')}
  esac
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _stoker stoker
`;
}

const shells: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
};

/** `stoker completion bash|zsh`: prints a script made from the commands as they are. */
export function addCompletionCommand(program: Command, io: Io): void {
  program
    .command('completion')
    .description('print the completion script for bash or zsh')
    .argument('<shell>', 'bash or zsh')
    .addHelpText('after', '\nTry it in this shell:  source <(stoker completion bash)')
    .action((shell: string) => {
      const render = shells[shell];
      if (render === undefined)
        throw new ExitError(exitCodes.usage, `Cannot complete for "${shell}": known are bash and zsh`);
      io.stdout(render(listCommands(program)));
    });
}
