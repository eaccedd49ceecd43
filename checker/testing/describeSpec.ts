import type { Spec } from '../../spec/index';
import { check, CHECK_OPTIONS, type CheckOptions } from '../check';
import { commonOf } from '../conclusion';
import { limitsOf, threadsOf } from '../budget/limits';
import { bind } from '../model/bind';
import { requireDeadlockOnce, requireOptions, type OptionsOf } from '../model/given';
import { propertyKind, type PropertyKind } from '../model/propertyKinds';
import { suggestion, UsageError } from '../model/usageError';
import { coloursOf } from '../report/colours';
import { titleOf } from '../report/title';
import type { Result } from '../result';
import { outcomeOf } from './outcome';
import { shown } from './received';

const DEFAULT_SECONDS = 60;
/** A search ends by itself at its limit; the runner's is for what can't, and must not be met on a busy machine. */
const GRACE_SECONDS = 30;

/** How to check, and what is known to fall. */
export interface DescribeOptions<C, P extends string> extends Omit<
  CheckOptions<C, P>,
  'keepGoing' | 'onProgress' | 'now'
> {
  /** Properties that must fall: for the variant that has the defect. */
  readonly violates?: readonly (P | 'deadlock')[];
}

const { keepGoing: _always, onProgress: _none, now: _clock, ...shared } = CHECK_OPTIONS;
export const DESCRIBE_OPTIONS: OptionsOf<DescribeOptions<object, string>> = { ...shared, violates: 'names' };

/** What of a test runner is used. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>, milliseconds: number) => void;
}

/**
 * One test a property, and one for deadlocks, all told by one search that goes on after a violation. It may
 * take `maxSeconds` (default 60); the runner's own limit for each test follows from that.
 */
export type DescribeSpec = <S, C, D, A extends string, P extends string>(
  spec: Spec<S, C, D, A, P>,
  options?: DescribeOptions<C, NoInfer<P>>,
) => void;

/** `describeSpec` for one test runner, which is asked for when it is called. */
export function describeSpecIn(runner: () => Runner): DescribeSpec {
  return function describeSpec<C>(spec: Spec, options: DescribeOptions<C, string> = {}): void {
    const { describe, test } = runner();
    requireOptions('describeSpec', options, DESCRIBE_OPTIONS);
    const { violates = [], maxSeconds = DEFAULT_SECONDS, ...rest } = options;
    const site = new Error();
    Error.captureStackTrace(site, describeSpec);
    const model = bind(spec, rest as CheckOptions);
    requireDeadlockOnce(rest);
    limitsOf({ ...rest, maxSeconds });
    threadsOf(rest.workers, rest.exact);
    const names = new Map(model.properties.map(({ name, kind }) => [name, propertyKind(kind).test]));
    const all = [...names.keys(), ...(rest.deadlock === false ? [] : ['deadlock'])];
    for (const name of violates)
      if (!all.includes(name))
        throw new UsageError(
          `'violates' names ${name}, which is not checked${suggestion(name, all, 'property')}`,
        );

    let search: Promise<Result> | undefined;
    const searched = () =>
      (search ??= check(spec, { ...(rest as CheckOptions), maxSeconds, keepGoing: true }));

    describe(titleOf({ ...commonOf(model), deadlock: rest.deadlock ?? true }, coloursOf({})), () => {
      for (const property of all) {
        const falls = violates.includes(property);
        test(
          testName(property, names.get(property), falls),
          async () => {
            const failure = failureOf(await searched(), property, falls);
            if (failure !== undefined) throw at(site, failure);
          },
          (maxSeconds + GRACE_SECONDS) * 1000,
        );
      }
    });
  };
}

/** `words` are those of the property's kind; the deadlock has none. */
function testName(property: string, words: PropertyKind['test'] | undefined, falls: boolean): string {
  if (words === undefined) return falls ? 'can deadlock' : 'never deadlocks';
  return `${property} ${falls ? words.falls : words.holds}`;
}

function failureOf(result: Result, property: string, falls: boolean): string | undefined {
  const outcome = outcomeOf(result, property);
  if (outcome.kind === 'undecided') return `the search could not tell about ${property}\n\n${shown(result)}`;
  if (outcome.kind === 'falls')
    return falls || result.verdict !== 'violated'
      ? undefined
      : `${property} falls\n\n${shown({ ...result, violations: [outcome.violation] })}`;
  return falls ? `expected ${property} to fall, but it holds\n\n${shown(result)}` : undefined;
}

/** An error that points to the line of the test file which called `describeSpec`: there is nothing to see in here. */
function at(site: Error, message: string): Error {
  const error = new Error(message);
  const frames = (site.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  error.stack = [`Error: ${message}`, ...frames].join('\n');
  return error;
}
