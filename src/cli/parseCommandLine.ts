import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError, messageOf } from '../domain/appError.ts';
import { type SettingName, settingDefinitions } from '../protocol/settings.ts';
import { type Command, type CommandName, commands, commonFlags } from './commands.ts';

export type CommandLine =
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      /** As many as the command has. */
      readonly positionals: readonly string[];
      /** Flags of the command itself and the common ones. */
      readonly flags: Readonly<Record<string, string>>;
      /** Settings given as flags, as settings.json would hold them. */
      readonly settings: Readonly<Partial<Record<SettingName, unknown>>>;
      readonly json: boolean;
    };

/** @throws AppError usage: unknown command or flag, missing or surplus argument, a value that is no number. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return { kind: 'help', command: null };
  if (name === '--version') return { kind: 'version' };
  if (!isCommandName(name)) {
    throw new AppError(
      'usage',
      `There is no command «${name}». Commands: ${Object.keys(commands).join(', ')}.`,
    );
  }
  const command: Command = commands[name];
  const { values, positionals } = parseFlags(command, rest);
  if (values['help'] === true) return { kind: 'help', command: name };
  const expected = command.positionals.length;
  if (positionals.length < expected)
    throw new AppError('usage', `${name} needs ${command.positionals.join(' ')}.`);
  if (positionals.length > expected) {
    throw new AppError('usage', `${name} does not take «${positionals[expected] ?? ''}».`);
  }
  const flags: Record<string, string> = {};
  for (const { name: flag } of [...command.flags, ...commonFlags]) {
    const value = values[flag];
    if (typeof value === 'string') flags[flag] = value;
  }
  return {
    kind: 'run',
    command: name,
    positionals,
    flags,
    settings: settingsOf(command, values),
    json: values['json'] === true,
  };
}

/** A whole number from a flag of a command. @throws AppError usage. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  otherwise: number,
  least: number,
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AppError('usage', `--${flag} is «${text}»; it must be a whole number of at least ${least}.`);
}

type FlagValue = string | boolean | (string | boolean)[] | undefined;

function parseFlags(
  command: Command,
  args: string[],
): { readonly values: Readonly<Record<string, FlagValue>>; readonly positionals: readonly string[] } {
  const entries: [string, Option][] = [
    ...[...command.flags, ...commonFlags].map(({ name }): [string, Option] => [name, { type: 'string' }]),
    ...command.settings.map((name): [string, Option] => [flagOf(name), optionOf(name)]),
  ];
  const options: NonNullable<ParseArgsConfig['options']> = {
    ...Object.fromEntries(entries),
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  try {
    return parseArgs({ args, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new AppError('usage', `${command.name}: ${messageOf(error)}`, {}, error);
  }
}

interface Option {
  type: 'boolean' | 'string';
  multiple?: boolean;
}

function optionOf(name: SettingName): Option {
  const { type } = settingDefinitions[name].schema;
  return { type: type === 'boolean' ? 'boolean' : 'string', multiple: type === 'array' };
}

function settingsOf(command: Command, values: Readonly<Record<string, FlagValue>>) {
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const name of command.settings) {
    const value = values[flagOf(name)];
    if (value === undefined) continue;
    const isNumber = settingDefinitions[name].schema.type === 'number';
    settings[name] = isNumber && typeof value === 'string' ? numberOf(flagOf(name), value) : value;
  }
  return settings;
}

function numberOf(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value))
    throw new AppError('usage', `--${flag} is «${text}», not a number.`);
  return value;
}

function flagOf(name: SettingName): string {
  const { flag } = settingDefinitions[name];
  if (flag === null) throw new AppError('internal', `The setting ${name} has no flag.`);
  return flag;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
