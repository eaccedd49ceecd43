import type { Event, Spec } from '../../spec/index';
import type { Violation } from '../result';
import type { OptionsOf } from '../model/given';
import { VALIDATE_OPTIONS, type ValidateOptions } from '../validate/validate';

/** The names of a result's properties; any text where the type of what was received says nothing of them. */
export type PropertyOf<T> = [NamesIn<Awaited<T>>] extends [never] ? string : NamesIn<Awaited<T>>;
type NamesIn<T> = T extends { readonly violations: readonly Violation<infer P>[] } ? P : never;

/** What a counterexample should look like, beside falling at all. */
export interface ExpectedRun {
  /** Its number of states: one more than its steps. */
  readonly length?: number;
  /** The action of its last step: `release`, or with parameters `release(p: 1)`. */
  readonly lastAction?: string;
}

/** The constants of a spec that was received. */
type ConstantsOf<T> = T extends Spec<any, infer C> ? C : { readonly [name: string]: unknown };

/** How to look for an explanation; see `validate`. */
export type ExplainOptions<T = unknown> = Omit<
  ValidateOptions<ConstantsOf<T>>,
  'signal' | 'onProgress' | 'now'
>;

export const RUN_OPTIONS: OptionsOf<ExpectedRun> = { length: 'count', lastAction: 'text' };
export const REACHED_OPTIONS: OptionsOf<Pick<ExpectedRun, 'length'>> = { length: 'count' };
const { signal: _signal, onProgress: _progress, now: _now, ...shared } = VALIDATE_OPTIONS;
export const EXPLAIN_OPTIONS: OptionsOf<ExplainOptions> = shared;

/** What the matchers add to a runner's `expect`: `R` is what a matcher returns there, `T` what was received. */
export interface EverystateMatchers<R, T> {
  /** Every reachable state was visited and every property holds. An unfinished search fails, with `.not` too. */
  toHold(): R;
  /** The property falls; `deadlock` for a deadlock. Fails, with `.not` too, where the search can't tell. */
  toViolate(property: PropertyOf<T> | 'deadlock', run?: ExpectedRun): R;
  /** Some reachable state satisfies the reachable property, the nearest one on a run of `length` states. */
  toReach(property: PropertyOf<T>, run?: Pick<ExpectedRun, 'length'>): R;
  /** The search met so many distinct states. Fails, with `.not` too, for an unfinished search. */
  toHaveDistinctStates(count: number): R;
  /**
   * Some behavior of the spec begins with exactly these events; see `validate`. Must be awaited. Fails, with `.not`
   * too, where a limit ended the search.
   */
  toExplain(log: readonly Event[], options?: ExplainOptions<T>): Promise<void>;
}
