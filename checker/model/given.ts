import type { Given as GivenForPart } from '../../spec/index';
import { UsageError, unknownName } from './usageError';

/** What may be given for an option: that for a part of a spec, and what only functions of the checker take. */
export type GivenFor = GivenForPart | 'bound' | 'count' | 'flag' | 'signal';

/** A function's options by name: none of its interface may be missing here, so that no option can be forgotten. */
export type OptionsOf<O> = { readonly [K in keyof Required<O>]: GivenFor };

interface Rule {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

const RULES: { readonly [G in GivenFor]: Rule } = {
  anything: { words: 'anything', fits: () => true },
  /** Judged where it is read, with the words for its unit. */
  bound: { words: 'a number', fits: () => true },
  constants: { words: 'an object of constants by name', fits: isPlain },
  count: {
    words: 'a whole number above 0',
    fits: (value) => typeof value === 'number' && Number.isInteger(value) && value > 0,
  },
  environments: { words: 'an object of environments by name', fits: isPlain },
  flag: { words: 'true or false', fits: (value) => typeof value === 'boolean' },
  function: { words: 'a function', fits: isFunction },
  members: {
    words: 'an object with a declaration a name, or a function that returns one',
    fits: (value) => isFunction(value) || isPlain(value),
  },
  names: {
    words: 'a list of names',
    fits: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  ranges: { words: 'an object with a range a parameter', fits: isPlain },
  sentence: {
    words: 'a text, or a function that returns one',
    fits: (value) => typeof value === 'string' || isFunction(value),
  },
  signal: {
    words: 'an AbortSignal',
    fits: (value) => typeof value === 'object' && value !== null && 'aborted' in value,
  },
  text: { words: 'a text that is not empty', fits: (value) => typeof value === 'string' && value !== '' },
};

/**
 * Refuses options that a function doesn't take, and values that none of its options can have: one that is accepted and
 * ignored would make a green that means nothing. Throws `UsageError`; `who` names the function.
 */
export function requireOptions(who: string, options: unknown, table: { readonly [name: string]: GivenFor }) {
  if (!isPlain(options))
    throw new UsageError(`the options of ${who} must be an object, but are ${shown(options)}`);
  requireKnownKeys(who, 'option', options, table);
}

/** Refuses a key that the table lacks and a value that is not what the table says. Throws `UsageError`. */
export function requireKnownKeys(
  who: string,
  kind: 'option' | 'part',
  given: object,
  table: { readonly [name: string]: GivenFor },
): void {
  for (const key in given) {
    const rule = Object.hasOwn(table, key) ? RULES[table[key] as GivenFor] : undefined;
    if (rule === undefined) throw unknownName(kind, key, Object.keys(table), who);
    const value: unknown = (given as { readonly [key: string]: unknown })[key];
    if (value === undefined) continue;
    if (!rule.fits(value))
      throw new UsageError(`${who}: ${key} must be ${rule.words}, but is ${shown(value)}`);
    if (table[key] === 'names') requireOnce(value as readonly string[], `${who}: ${key}`);
  }
}

/** Refuses a list in which a name stands twice: one of the two was meant to be another. Throws `UsageError`. */
export function requireOnce(names: readonly string[], where: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError(`${where} names '${twice}' twice; leave one out`);
}

/** Refuses to be asked for deadlocks and for none. Throws `UsageError`. */
export function requireDeadlockOnce({
  properties,
  deadlock,
}: {
  readonly properties?: readonly string[] | undefined;
  readonly deadlock?: boolean | undefined;
}): void {
  if (deadlock === false && properties?.includes('deadlock'))
    throw new UsageError(
      "properties name 'deadlock', and deadlock: false says not to look for any; leave one of them out",
    );
}

/** An object that is one for its keys: no list, no collection, no promise. */
export function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value) && !isPromise(value);
}

/** A value in few words, whatever it is: `'text'`, `5`, `a list`, `an object`. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return isPromise(value) ? 'a promise' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function isPromise(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Promise]';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
