import { constantText } from '../model/constantText';
import type { Trace } from '../trace/trace';

/** Characters of steps beyond which a line is hard to read and harder to copy; a shell refuses 131,072. */
const MOST_CHARACTERS = 1_000;

/** Whether a trace has too many steps for a command line. */
export function isLong(trace: Trace): boolean {
  return stepsOf(trace).length > MOST_CHARACTERS;
}

/**
 * The line that replays a trace, quoted for a POSIX shell. `words` is the command up to the steps:
 * `npx everystate replay spec.ts --variant F1`. A long one is taken from the report in `RECORDED`, by its `property`.
 */
export function replayCommand(words: readonly string[], trace: Trace, property?: string): string {
  if (isLong(trace))
    return [...words, '--trace', RECORDED, ...(property === undefined ? [] : ['--property', property])]
      .map(quoted)
      .join(' ');
  const start = trace.start === 1 ? [] : ['--start', String(trace.start)];
  return [...words, ...start, '--steps', stepsOf(trace)].map(quoted).join(' ');
}

/** Where the report with a long run is to be written. */
export const RECORDED = 'run.json';

function stepsOf(trace: Trace): string {
  return trace.steps.map((step) => step.label).join('; ');
}

/** The options that choose what a result is about: its variant and the constants that differ from their defaults. */
export function selection(
  variant: string | null,
  overridden: { readonly [name: string]: unknown },
): readonly string[] {
  return [
    ...(variant === null ? [] : ['--variant', variant]),
    ...Object.entries(overridden).flatMap(([name, value]) => ['-c', `${name}=${constantText(value)}`]),
  ];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
