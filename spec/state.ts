import type { Collection, Record } from 'immutable';

/** A value that is equal to itself by content alone, whatever built it. */
export type Scalar = string | number | boolean | bigint | null;

/**
 * What a variable may hold: scalars, Immutable's Map, OrderedMap, Set, OrderedSet, List, Stack and
 * Record, nested at will. The checker refuses the rest at run time too, with action, variable and path.
 */
export type Value = Scalar | Collection<unknown, unknown> | Record<object>;

/** The shape a state must have: one legal value a variable. Used as `S extends StateOf<S>`. */
export type StateOf<S> = {
  readonly [V in keyof S]: S[V] extends Scalar | Collection<any, any> | Record<any> ? S[V] : NotAValue;
};

/** What the compiler names where a variable's type can be no part of a state. */
export interface NotAValue {
  readonly 'not a state value: use a scalar or an Immutable Map, Set, List or Record': never;
}

/** What an effect returns: the variables that change. The others keep their value. */
export type Changes<S> = { readonly [V in keyof S]?: S[V] };
