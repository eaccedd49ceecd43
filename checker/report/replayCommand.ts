import { constantText } from '../model/constantText';
import type { Trace } from '../trace/trace';

/**
 * The line that replays a trace, quoted for a POSIX shell. `words` is the command up to the steps:
 * `npx everystate replay spec.ts --variant F1`.
 */
export function replayCommand(words: readonly string[], trace: Trace): string {
  const start = trace.start === 1 ? [] : ['--start', String(trace.start)];
  const steps = ['--steps', trace.steps.map((step) => step.label).join('; ')];
  return [...words, ...start, ...steps].map(quoted).join(' ');
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
