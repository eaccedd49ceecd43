import type { Parameters } from './action';
import type { PartsOf } from './partsOf';
import type { ParametersOf, Range, Ranges } from './range';

/** A promise about single states: must hold in every reachable one, for all parameters of its ranges. */
export interface Invariant<S> {
  readonly ranges: Ranges<S>;
  readonly holds: (state: S, parameters: any) => boolean;
  /** One sentence on a state where it fails. */
  readonly says?: (state: S, parameters: any) => string;
}

export const INVARIANT_PARTS: PartsOf<Invariant<unknown>> = {
  ranges: 'ranges',
  holds: 'function',
  says: 'function',
};

/**
 * A promise about single steps (TLA+: [][A]_vars): must hold between every state and each successor, for all
 * parameters of its ranges, which are those of the state before.
 */
export interface ActionProperty<S> {
  readonly ranges: Ranges<S>;
  readonly holds: (before: S, after: S, parameters: any) => boolean;
  /** One sentence on a step where it fails. */
  readonly says?: (before: S, after: S, parameters: any) => string;
}

export const ACTION_PROPERTY_PARTS: PartsOf<ActionProperty<unknown>> = {
  ranges: 'ranges',
  holds: 'function',
  says: 'function',
};

/** What a spec may write for an invariant: the predicate alone, or `invariant(…)`. */
export type InvariantLike<S> = ((state: S) => boolean) | Invariant<S>;

/** What a spec may write for an action property: the predicate alone, or `actionProperty(…)`. */
export type ActionPropertyLike<S> = ((before: S, after: S) => boolean) | ActionProperty<S>;

/** A state predicate that some reachable state must satisfy: a guard against vacuous specs. */
export type Reachable<S> = (state: S) => boolean;

interface Says<S, P> {
  readonly says?: (state: S, parameters: P) => string;
}

/** Declares an invariant; with ranges it must hold for every choice of parameters (∀), and a violation names them. */
export interface InvariantOf<S> {
  (holds: (state: S) => boolean, more?: Says<S, {}>): Invariant<S>;
  <const R extends { readonly [parameter: string]: Range<S> }>(
    ranges: R,
    holds: (state: S, parameters: ParametersOf<R>) => boolean,
    more?: Says<S, ParametersOf<R>>,
  ): Invariant<S>;
}

interface SaysOfStep<S, P> {
  readonly says?: (before: S, after: S, parameters: P) => string;
}

/** Declares an action property; with ranges it must hold for every choice of parameters (∀), and a violation names them. */
export interface ActionPropertyOf<S> {
  (holds: (before: S, after: S) => boolean, more?: SaysOfStep<S, {}>): ActionProperty<S>;
  <const R extends { readonly [parameter: string]: Range<S> }>(
    ranges: R,
    holds: (before: S, after: S, parameters: ParametersOf<R>) => boolean,
    more?: SaysOfStep<S, ParametersOf<R>>,
  ): ActionProperty<S>;
}

/** The one implementation behind every `InvariantOf<S>`. What is given by its place wins over what `more` brings along. */
export function invariant<S>(
  first: Ranges<S> | ((state: S, parameters: Parameters) => boolean),
  second?: ((state: S, parameters: Parameters) => boolean) | Says<S, Parameters>,
  third?: Says<S, Parameters>,
): Invariant<S> {
  return declared(first, second, third) as Invariant<S>;
}

/** The one implementation behind every `ActionPropertyOf<S>`. What is given by its place wins, as for `invariant`. */
export function actionProperty<S>(
  first: Ranges<S> | ((before: S, after: S, parameters: Parameters) => boolean),
  second?: ((before: S, after: S, parameters: Parameters) => boolean) | SaysOfStep<S, Parameters>,
  third?: SaysOfStep<S, Parameters>,
): ActionProperty<S> {
  return declared(first, second, third) as ActionProperty<S>;
}

function declared(first: unknown, second: unknown, third: unknown): object {
  return typeof first === 'function'
    ? { ranges: {}, ...rest(second), holds: first }
    : { ...rest(third), ranges: first, holds: second };
}

/** What stands where `{ says }` belongs. Nothing of it is dropped: what is no such object is taken for the sentence, and judged as that. */
function rest(more: unknown): object {
  if (more === undefined) return {};
  return typeof more === 'object' && more !== null ? more : { says: more };
}
