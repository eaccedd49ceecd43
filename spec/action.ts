import type { PartsOf } from './partsOf';
import type { ParametersOf, Range, Ranges } from './range';
import type { Changes } from './state';

/** One change, or several to choose from: an iterable is nondeterminism. */
export type Effect<S> = Changes<S> | Iterable<Changes<S>>;

/** The parameters of one step, by name. */
export type Parameters = { readonly [parameter: string]: unknown };

/**
 * An action as the checker sees it. It is enabled in a state, for parameters of its ranges, where the
 * guard holds (none: always) and the effect gives at least one change.
 */
export interface Action<S> {
  readonly ranges: Ranges<S>;
  readonly guard?: (state: S, parameters: any) => boolean;
  readonly effect: (state: S, parameters: any) => Effect<S>;
  /** The sentence a counterexample prints for a step; `before` and `after` are its two states. */
  readonly says?: string | ((parameters: any, before: S, after: S) => string);
  /** What an outside observer (a log) sees of a step; undefined where it shows nothing. */
  readonly observed?: (before: S, parameters: any, after: S) => Event | undefined;
}

export const ACTION_PARTS: PartsOf<Action<unknown>> = {
  ranges: 'ranges',
  guard: 'function',
  effect: 'function',
  says: 'sentence',
  observed: 'function',
};

/** Something that can be seen from outside, as a log line has it: JSON's scalars by field. */
export type Event = { readonly [field: string]: string | number | boolean | null };

/** No key of the change may be missing from the state: a misspelt variable does not compile. */
type Exact<S, N> = N extends Iterable<infer E> ? Iterable<ExactChange<S, E>> : ExactChange<S, N>;
type ExactChange<S, N> = {
  readonly [V in keyof N]: V extends keyof S
    ? S[V] | (undefined extends N[V] ? undefined : never)
    : N[V] extends undefined
      ? N[V]
      : NoVariable<V>;
};

/** What the compiler names where a change has a key that is no variable of the state. */
type NoVariable<V> = `${V & string} is no variable of the state`;

/**
 * Two function types rather than one with a union for a result: only so does the compiler both join the
 * branches of `c ? { a } : { b }` and keep the literals that a generator yields. What `N` and `Y` must be stands in the result, not in a constraint:
 * where one is not met, the compiler takes the constraint itself for the type, and what was misspelt is one of those.
 */
type EffectFunction<S, P, N, Y> =
  | ((state: S, parameters: P) => N & Exact<S, N> & Effect<S>)
  | ((state: S, parameters: P) => Generator<Y & ExactChange<S, Y> & Changes<S>, void, undefined>);

interface Body<S, P, N, Y> {
  /** Whether the step may be taken. Must be pure. */
  guard?: (state: S, parameters: P) => boolean;
  /** What the step changes; only called where the guard holds. Must be pure. */
  effect: EffectFunction<S, P, N, Y>;
  says?: string | ((parameters: P, before: S, after: S) => string);
  observed?: (before: S, parameters: P, after: S) => Branches<Event> | undefined;
}

/** What branches with different fields give: the compiler adds to each those of the others, as undefined. */
type Branches<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Declares an action; with ranges it stands for one action a choice of parameters. */
export interface ActionOf<S> {
  <N extends object, Y extends object>(body: Body<S, {}, N, Y>): Action<S>;
  <const R extends { readonly [parameter: string]: Range<S> }, N extends object, Y extends object>(
    ranges: R,
    body: Body<S, ParametersOf<R>, N, Y>,
  ): Action<S>;
}

/**
 * The one implementation behind every `ActionOf<S>`: the two forms are told apart by arity. Ranges that are given win
 * over those that a body brings along, `{ ...base.prepare }`.
 */
export function action<S>(first: object, second?: object): Action<S> {
  return second === undefined
    ? ({ ranges: {}, ...first } as Action<S>)
    : ({ ...second, ranges: first } as Action<S>);
}
