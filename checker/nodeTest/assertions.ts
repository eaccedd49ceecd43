import { AssertionError } from 'node:assert';
import type { Event, Spec } from '../../spec/index';
import type { Result } from '../result';
import type { ExpectedRun, ExplainOptions, PropertyOf } from '../testing/expected';
import {
  judgeDistinctStates,
  judgeExplains,
  judgeHolds,
  judgeReaches,
  judgeViolates,
  type Judgement,
} from '../testing/judge';
import type { Wording } from '../testing/wording';

/*
 * What the matchers expect, as functions that throw an AssertionError with the matchers' message. Where the search
 * can't tell, an assertion throws, and so does its opposite.
 */

/** Every reachable state was visited and every property holds. */
export function assertHolds(result: Result<any>): void {
  demand(true, assertHolds, (wording) => judgeHolds(result, wording));
}

/** Some property falls. */
export function assertDoesNotHold(result: Result<any>): void {
  demand(false, assertDoesNotHold, (wording) => judgeHolds(result, wording));
}

/** The property falls, `deadlock` for a deadlock, and its run looks like `run`. */
export function assertViolates<R extends Result<any>>(
  result: R,
  property: PropertyOf<R> | 'deadlock',
  run?: ExpectedRun,
): void {
  demand(true, assertViolates, (wording) => judgeViolates(result, wording, property, run));
}

/** The property holds. */
export function assertDoesNotViolate<R extends Result<any>>(
  result: R,
  property: PropertyOf<R> | 'deadlock',
): void {
  demand(false, assertDoesNotViolate, (wording) => judgeViolates(result, wording, property));
}

/** Some reachable state satisfies the reachable property, the nearest one on a run of `length` states. */
export function assertReaches<R extends Result<any>>(
  result: R,
  property: PropertyOf<R>,
  run?: Pick<ExpectedRun, 'length'>,
): void {
  demand(true, assertReaches, (wording) => judgeReaches(result, wording, property, run));
}

/** No reachable state satisfies the reachable property. */
export function assertDoesNotReach<R extends Result<any>>(result: R, property: PropertyOf<R>): void {
  demand(false, assertDoesNotReach, (wording) => judgeReaches(result, wording, property));
}

/** The search met so many distinct states. */
export function assertHasDistinctStates(result: Result<any>, count: number): void {
  demand(true, assertHasDistinctStates, (wording) => judgeDistinctStates(result, wording, count));
}

/** Some behavior of the spec begins with exactly these events; see `validate`. Must be awaited. */
export async function assertExplains<S extends Spec>(
  spec: S,
  log: readonly Event[],
  options?: ExplainOptions<S>,
): Promise<void> {
  await demandSoon(true, assertExplains, (wording) => judgeExplains(spec, wording, log, options));
}

/** No behavior of the spec begins with exactly these events. Must be awaited. */
export async function assertDoesNotExplain<S extends Spec>(
  spec: S,
  log: readonly Event[],
  options?: ExplainOptions<S>,
): Promise<void> {
  await demandSoon(false, assertDoesNotExplain, (wording) => judgeExplains(spec, wording, log, options));
}

/** A function of this file: what a failure names, and where its stack begins. */
type Assertion = (...judged: never[]) => unknown;

function demand(wanted: boolean, assertion: Assertion, judge: (wording: Wording) => Judgement): void {
  let judgement: Judgement;
  try {
    judgement = judge(wordingOf(assertion));
  } catch (error) {
    throw refusal(error, assertion);
  }
  if (judgement.pass !== wanted) throw failure(judgement.message(), assertion);
}

async function demandSoon(
  wanted: boolean,
  assertion: Assertion,
  judge: (wording: Wording) => Promise<Judgement>,
): Promise<void> {
  const judgement = await judge(wordingOf(assertion)).catch((error: unknown) => {
    throw refusal(error, assertion);
  });
  demand(wanted, assertion, () => judgement);
}

function wordingOf({ name, length }: Assertion): Wording {
  return { name, on: (judged) => `${name}(${judged}${length > 1 ? ', …' : ''})` };
}

/** What a judge says by throwing, as a failed assertion; other errors are nobody's expectation, and stay. */
function refusal(error: unknown, assertion: Assertion): unknown {
  return error instanceof Error && ['Error', 'UsageError'].includes(error.name)
    ? failure(error.message, assertion)
    : error;
}

function failure(message: string, assertion: Assertion): AssertionError {
  return new AssertionError({ message, operator: assertion.name, stackStartFn: assertion });
}
