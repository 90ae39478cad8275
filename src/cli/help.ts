import { settingDefinitions } from '../protocol/settings.ts';
import { type Command, type CommandName, commands, commonFlags } from './commands.ts';

export function helpText(name: CommandName | null): string {
  return name === null ? overview() : commandHelp(commands[name]);
}

function overview(): string {
  const rows = Object.values(commands).map((command: Command): [string, string] => [
    usage(command),
    command.summary,
  ]);
  return [
    'Attribute Lens: which attributes shape the embedding space of a face-recognition model.',
    '',
    'Usage: attribute-lens COMMAND [FLAGS]',
    '',
    ...table(rows),
    '',
    '`attribute-lens COMMAND --help` lists the flags of a command.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.',
  ].join('\n');
}

function commandHelp(command: Command): string {
  const own = [...command.flags, ...commonFlags].map(({ name, value, description }): [string, string] => [
    `--${name} ${value}`,
    description,
  ]);
  const settings = command.settings.map((name): [string, string] => {
    const { flag, description, default: value, schema } = settingDefinitions[name];
    const shown = JSON.stringify(value);
    const several = schema.type === 'array' ? ' (may be repeated)' : '';
    const standard = shown === '""' || shown === '[]' ? '' : ` Default: ${shown}.`;
    return [
      `--${flag ?? ''} ${placeholder(name, schema)}`.trimEnd(),
      `${plain(description)}${several}${standard}`,
    ];
  });
  return [
    `Usage: attribute-lens ${usage(command)} [FLAGS]`,
    '',
    command.summary,
    '',
    ...table([...own, ...settings, ['--json', 'Print the result as JSON.']]),
  ].join('\n');
}

function usage(command: Command): string {
  return [command.name, ...command.positionals].join(' ');
}

function placeholder(name: string, schema: { readonly type: string }): string {
  if (schema.type === 'boolean') return '';
  if (schema.type === 'number') return 'N';
  const { options } = schema as { options?: readonly unknown[] };
  if (schema.type === 'enum' && options) return options.join('|');
  if (name === 'combinations') return 'EXPRESSION';
  return name === 'dataset' || name === 'annotations' || name === 'storeFolder' ? 'DIR' : 'FILE';
}

/** Descriptions are Markdown for the settings editor; a terminal wants them without its marks. */
function plain(markdown: string): string {
  return markdown.replaceAll(/`#attributeLens\.([^#]+)#`/g, '$1').replaceAll('`', '');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(36, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) => {
    const lines = wrap(right, 100 - width);
    const first = left.length <= width ? [`  ${left.padEnd(width)}  ${lines[0] ?? ''}`] : [`  ${left}`];
    const rest = left.length <= width ? lines.slice(1) : lines;
    return [...first, ...rest.map((line) => `  ${' '.repeat(width)}  ${line}`)];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
