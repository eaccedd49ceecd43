import type { Options } from 'yargs';

/**
 * Every option of every command. All values are read as text: yargs would turn what it takes for a number
 * into one, or into NaN, without a word. Repeatable ones take one value a time, so that none eats the file.
 */
export const OPTIONS = {
  spec: text('which spec of the file, by its name or its export'),
  variant: text('which variant of the spec'),
  environment: text("apply one of the spec's named sets of constants"),
  constant: { ...several('override a constant: -c NAME=VALUE'), alias: 'c' },
  property: several('check only this property (or deadlock); repeat, or separate by commas'),
  invariant: several('the same as --property'),
  'no-deadlock': flag('do not look for deadlocks'),
  'max-states': text('give up after so many distinct states'),
  'max-depth': text('do not go beyond this depth; an initial state has depth 1'),
  'max-seconds': text('give up after so many seconds'),
  'max-memory': text(
    "give up when the search takes more megabytes; by default three quarters of the machine's",
  ),
  workers: text('threads that search, or auto for one a processor', '1'),
  exact: flag('compare whole states, not only fingerprints: slower, and no state can be missed'),
  'keep-going': flag('search on after a violation, for a run to each property that falls'),
  stats: flag("tell what was called of the spec's own code, an action a line"),
  format: text('text or json', 'text'),
  out: text('write the report to this file as well'),
  steps: text("the steps to take: 'a; b(p: 1)'"),
  'steps-file': text('a file with the steps, one a line'),
  trace: text('a report written by check --format json --out'),
  start: text('which initial state to start from', '1'),
  variants: several('only these variants; base is the spec itself. Repeat, or separate by commas'),
  environments: several('only these environments; base overrides nothing. Repeat, or separate by commas'),
  log: text('the events that were observed, one JSON object a line'),
  ignore: several('fields of the log that are not compared; time never is. Repeat, or separate by commas'),
  'max-hidden': text('most hidden steps between two events'),
  expect: text('compare with a table that --format json wrote; exit with 1 where they differ'),
} as const satisfies { readonly [name: string]: Options };

/** `graph` has formats of its own. */
export const GRAPH_FORMAT = text('dot or json', 'dot');

/** `compare` can make a table for documents too. */
export const TABLE_FORMAT = text('text, json, md or html', 'text');

export type OptionName = keyof typeof OPTIONS;

function text(describe: string, byDefault?: string): Options {
  return { string: true, requiresArg: true, describe, ...(byDefault && { defaultDescription: byDefault }) };
}

function several(describe: string): Options {
  return { ...text(describe), array: true, nargs: 1 };
}

function flag(describe: string): Options {
  return { boolean: true, describe };
}
