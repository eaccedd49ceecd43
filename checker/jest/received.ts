import { isSpec, type Spec } from '../../spec/index';
import { reportText, selection } from '../report/index';
import type { Result, Verdict } from '../result';

const VERDICTS: readonly Verdict[] = ['holds', 'violated', 'incomplete', 'broken'];

/** What a matcher was given, if it is a result; else an error that says what to write. */
export function resultOf(received: unknown, matcher: string): Result {
  const call = `expect(…).${matcher}`;
  if (typeof received === 'object' && received !== null) {
    if ('then' in received)
      throw new Error(`${call} got a promise: write expect(await check(spec)).${matcher}(…)`);
    if ('verdict' in received && VERDICTS.includes(received.verdict as Verdict)) return received as Result;
  }
  throw new Error(`${call} wants what check(spec) resolves to, but got ${typeof received}`);
}

/** What a matcher was given, if it is a spec; else an error that says what to write. */
export function specOf(received: unknown, matcher: string): Spec {
  if (isSpec(received)) return received;
  throw new Error(
    `expect(…).${matcher} wants a spec, as in expect(spec).${matcher}(…), but got ${typeof received}`,
  );
}

/** A result as a failed test shows it. */
export function shown(result: Result): string {
  const replay = ['npx', 'everystate', 'replay', 'FILE', ...selection(result.variant, result.overridden)];
  return reportText(result, { replay });
}

/** Neither a matcher nor its opposite may pass on a search that doesn't know: throwing fails both. */
export function undecided(result: Result, expectation: string): Error {
  return new Error(`${expectation}: this search can't tell\n\n${shown(result)}`);
}
