import { UsageError } from '../model/usageError';

/** What yargs hands over: every option is declared as text and read here, where its errors get words. */
export type Arguments = { readonly [name: string]: unknown };

/** An option's text, or undefined. An option that takes one value must not be given twice. */
export function textOf(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; give it once`);
  if (value === '') throw new UsageError(`--${name} has no value`);
  return String(value);
}

/**
 * The values of an option that may be repeated; commas separate values too where `commas` says so. An option that is
 * there but names nothing would be taken for one that isn't.
 */
export function listOf(args: Arguments, name: string, commas = false): string[] {
  const value = args[name];
  if (value === undefined) return [];
  const all = (Array.isArray(value) ? value : [value]).map(String);
  if (!commas) return all;
  const names = all.flatMap((text) => text.split(',')).filter((text) => text !== '');
  if (names.length === 0) throw new UsageError(`--${name} names nothing`);
  return names;
}

/** A bound: a number above 0, whole where `whole`. `1e6` and `1_000_000` are numbers too. */
export function boundOf(args: Arguments, name: string, whole: boolean): number | undefined {
  const text = textOf(args, name);
  if (text === undefined) return undefined;
  const value = /^\d[\d_]*(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  if (!(value > 0) || !Number.isFinite(value) || (whole && !Number.isInteger(value)))
    throw new UsageError(
      `--${name} must be a ${whole ? 'whole number' : 'number of seconds'} above 0, but is '${text}'`,
    );
  return value;
}

/** How many threads: a whole number above 0, or `auto`. */
export function workersOf(args: Arguments): number | 'auto' | undefined {
  return textOf(args, 'workers') === 'auto' ? 'auto' : boundOf(args, 'workers', true);
}

/** Without the members that are undefined: for options an absent one is not the same as one that is there. */
export function defined<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** One of a few words. */
export function wordOf<W extends string>(args: Arguments, name: string, words: readonly W[]): W {
  const text = textOf(args, name) ?? words[0];
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} must be ${words.join(' or ')}, but is '${text}'`);
  return found;
}
