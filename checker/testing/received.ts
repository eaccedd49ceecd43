import { isSpec, type Spec } from '../../spec/index';
import { reportText, selection } from '../report/index';
import type { Result, Verdict } from '../result';
import type { Wording } from './wording';

const VERDICTS: readonly Verdict[] = ['holds', 'violated', 'incomplete', 'broken'];

/** What an expectation was given, if it is a result; else an error that says what to write. */
export function resultOf(received: unknown, { name, on }: Wording): Result {
  if (typeof received === 'object' && received !== null) {
    if ('then' in received) throw new Error(`${name} got a promise: write ${on('await check(spec)')}`);
    if ('verdict' in received && VERDICTS.includes(received.verdict as Verdict)) return received as Result;
  }
  throw new Error(`${name} wants what check(spec) resolves to, but got ${typeof received}`);
}

/** What an expectation was given, if it is a spec; else an error that says what to write. */
export function specOf(received: unknown, { name, on }: Wording): Spec {
  if (isSpec(received)) return received;
  throw new Error(`${name} wants a spec, as in ${on('spec')}, but got ${typeof received}`);
}

/** A result as a failed test shows it. */
export function shown(result: Result): string {
  const replay = ['npx', 'everystate', 'replay', 'FILE', ...selection(result.variant, result.overridden)];
  return reportText(result, { replay });
}

/** Neither an expectation nor its opposite may pass on a search that doesn't know: throwing fails both. */
export function undecided(result: Result, expectation: string): Error {
  return new Error(`${expectation}: this search can't tell\n\n${shown(result)}`);
}
