import type { Action } from './action';
import type { PartsOf } from './partsOf';
import type { ActionPropertyLike, InvariantLike, Reachable } from './property';

/** A constant's value; the default's type is the type every override must have. */
export type Constant = string | number | boolean | readonly (string | number | boolean)[];
export type Constants = { readonly [name: string]: Constant };

/** Named functions that actions share and that a variant may replace (TLC: definition override, `<-`). */
export type Definitions = { readonly [name: string]: (...args: any[]) => any };

/** What a default says of its constant's type: `3` any number, `false` any boolean; a union stays one. */
export type Widened<C> = { readonly [K in keyof C]: Widen<C[K]> };
type Widen<T> = [T] extends [boolean]
  ? boolean
  : [T] extends [number]
    ? number
    : [T] extends [string]
      ? IsUnion<T> extends true
        ? T
        : string
      : T;
type IsUnion<T, U = T> = T extends U ? ([U] extends [T] ? false : true) : never;

/** A part of a spec that may need the constants and definitions: given outright, or as their function. */
export type Part<C, D, T> = T | ((constants: C, definitions: D) => T);

/** Whether something is so of a state. */
export type OfState<S, C, D> = (state: S, constants: C, definitions: D) => boolean;

/** Name → member, so that the compiler infers the names alone and types the members from the state. */
type Named<N extends string, T> = { readonly [K in N]: T };

/**
 * A spec's parts as the user writes them. `S` state, `C` constants, `D` definitions; `A`, `I`, `T`, `R`
 * the names of actions, invariants, action properties and reachable properties.
 */
export interface SpecParts<S, C, D, A extends string, I extends string, T extends string, R extends string> {
  readonly name: string;
  /** Named overrides of the constants under which the system is to be judged as well. */
  readonly environments?: { readonly [name: string]: { readonly [K in keyof C]?: C[K] } };
  /** Functions that actions and properties share, and that a variant may replace. */
  readonly definitions?: (constants: C) => D;
  /** The initial state, or several. */
  readonly init: Part<C, D, S | (Iterable<S> & object)>;
  readonly actions: Part<C, D, Named<A, Action<S>>>;
  readonly invariants?: Part<C, D, Named<I, InvariantLike<S>>>;
  readonly actionProperties?: Part<C, D, Named<T, ActionPropertyLike<S>>>;
  readonly reachable?: Part<C, D, Named<R, Reachable<S>>>;
  /** States outside are checked but neither expanded nor counted as distinct. */
  readonly constraint?: OfState<S, C, D>;
  /** States that may rightly have no successor; elsewhere that is a deadlock. */
  readonly final?: OfState<S, C, D>;
}

export const SPEC_PARTS: PartsOf<Spec['parts']> = {
  name: 'text',
  constants: 'constants',
  environments: 'environments',
  definitions: 'function',
  init: 'anything',
  actions: 'members',
  invariants: 'members',
  actionProperties: 'members',
  reachable: 'members',
  constraint: 'function',
  final: 'function',
};

/** `Symbol.for`, so that a spec is known as one across copies of this module and Jest's realms. */
export const SPEC = Symbol.for('everystate.spec');

/**
 * A system to check. `S` state, `C` constants, `D` definitions, `A` names of actions, `P` names of
 * properties (invariants, action properties and reachable together).
 */
export interface Spec<S = any, C = any, D = any, A extends string = string, P extends string = string> {
  readonly [SPEC]: true;
  readonly name: string;
  readonly parts: { readonly constants?: C } & SpecParts<S, C, D, any, any, any, any>;
  /** What this spec is a variant of, its name among the variants, and what it changes. */
  readonly variantOf?: Spec<S, C, D>;
  readonly variantName?: string;
  readonly changes?: VariantChanges<S, C, D>;
  /** Never present: carries the names for the compiler. */
  readonly names?: { readonly action: A; readonly property: P };
}

/** Everything a variant may change, as the checker sees it. See `variant`. */
export interface VariantChanges<S, C, D> {
  readonly constants?: { readonly [K in keyof C]?: C[K] };
  readonly environments?: { readonly [name: string]: { readonly [K in keyof C]?: C[K] } };
  readonly definitions?: (constants: C, base: D) => { readonly [K in keyof D]?: D[K] };
  readonly init?: Part<C, D, S | (Iterable<S> & object)>;
  readonly actions?: NamedChange<S, C, D, Action<S>>;
  readonly newActions?: NamedChange<S, C, D, Action<S>>;
  readonly withoutActions?: readonly string[];
  readonly invariants?: NamedChange<S, C, D, InvariantLike<S>>;
  readonly newInvariants?: NamedChange<S, C, D, InvariantLike<S>>;
  readonly actionProperties?: NamedChange<S, C, D, ActionPropertyLike<S>>;
  readonly newActionProperties?: NamedChange<S, C, D, ActionPropertyLike<S>>;
  readonly reachable?: NamedChange<S, C, D, Reachable<S>>;
  readonly newReachable?: NamedChange<S, C, D, Reachable<S>>;
  readonly constraint?: OfState<S, C, D>;
  readonly final?: OfState<S, C, D>;
}

export const VARIANT_PARTS: PartsOf<VariantChanges<unknown, unknown, unknown>> = {
  constants: 'constants',
  environments: 'environments',
  definitions: 'function',
  init: 'anything',
  actions: 'members',
  newActions: 'members',
  withoutActions: 'names',
  invariants: 'members',
  newInvariants: 'members',
  actionProperties: 'members',
  newActionProperties: 'members',
  reachable: 'members',
  newReachable: 'members',
  constraint: 'function',
  final: 'function',
};

type NamedChange<_S, C, D, T> =
  | { readonly [name: string]: T }
  | ((
      constants: C,
      definitions: D,
      base: { readonly [name: string]: T },
    ) => {
      readonly [name: string]: T;
    });

/** Whether a value, from whichever module instance or realm, is a spec. */
export function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && SPEC in value;
}

/** Declares a spec over states `S`; constants, definitions and all names are inferred. */
export type SpecFunction<S> = <
  A extends string,
  C extends Constants = {},
  D extends Definitions = {},
  I extends string = never,
  T extends string = never,
  R extends string = never,
>(
  parts: { readonly constants?: C } & SpecParts<S, Widened<C>, D, A, I, T, R>,
) => Spec<S, Widened<C>, D, A, I | T | R>;

/** The one implementation behind every `SpecFunction<S>`. */
export function spec(parts: Spec['parts']): Spec {
  return { [SPEC]: true, name: parts.name, parts };
}
