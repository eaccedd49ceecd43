import type { Action } from './action';
import type { ActionPropertyLike, InvariantLike, Reachable } from './property';
import { SPEC, type OfState, type Part, type Spec, type VariantChanges } from './spec';

/** Members named `X`, each of which must be one of the base's names `N`. */
type Replaced<N extends string, X extends string, T> = { readonly [K in X]: T } & {
  readonly [K in Exclude<X, N>]: never;
};
type Added<X extends string, T> = { readonly [K in X]: T };
type Given<C, D, B, T> = T | ((constants: C, definitions: D, base: B) => T);

/**
 * What a variant may change. `actions`, `definitions`, `invariants`, `actionProperties` and `reachable` replace what the
 * base has under that name; a name the base lacks is refused, since a misspelt fix would silently be no fix. Their
 * counterparts `new…` add, and refuse a name the base has.
 */
interface Variation<
  S,
  C,
  D,
  A extends string,
  P extends string,
  XD extends string,
  XA extends string,
  XI extends string,
  XT extends string,
  XR extends string,
  NA extends string,
  NI extends string,
  NT extends string,
  NR extends string,
> {
  /** New defaults. */
  readonly constants?: { readonly [K in keyof C]?: C[K] };
  /**
   * Environments beside those of the base. One that the base has can't be replaced: a column of a table is one
   * environment, whichever variant is judged in it.
   */
  readonly environments?: { readonly [name: string]: { readonly [K in keyof C]?: C[K] } };
  /** Replaced definitions; `base` are the ones replaced, to build on. */
  readonly definitions?: (constants: C, base: D) => { readonly [K in XD]: D[K & keyof D] };
  readonly init?: Part<C, D, S | (Iterable<S> & object)>;
  readonly actions?: Given<C, D, { readonly [K in A]: Action<S> }, Replaced<A, XA, Action<S>>>;
  readonly newActions?: Given<C, D, { readonly [K in A]: Action<S> }, Added<NA, Action<S>>>;
  readonly withoutActions?: readonly NoInfer<A>[];
  readonly invariants?: Given<C, D, object, Replaced<P, XI, InvariantLike<S>>>;
  readonly newInvariants?: Given<C, D, object, Added<NI, InvariantLike<S>>>;
  readonly actionProperties?: Given<C, D, object, Replaced<P, XT, ActionPropertyLike<S>>>;
  readonly newActionProperties?: Given<C, D, object, Added<NT, ActionPropertyLike<S>>>;
  readonly reachable?: Given<C, D, object, Replaced<P, XR, Reachable<S>>>;
  readonly newReachable?: Given<C, D, object, Added<NR, Reachable<S>>>;
  readonly constraint?: OfState<S, C, D>;
  readonly final?: OfState<S, C, D>;
}

/** `variant(base, 'F1', { definitions: () => ({ … }) })`: the base with a few named parts changed. */
export function variant<
  S,
  C,
  D,
  A extends string,
  P extends string,
  XD extends keyof D & string = never,
  XA extends string = never,
  XI extends string = never,
  XT extends string = never,
  XR extends string = never,
  NA extends string = never,
  NI extends string = never,
  NT extends string = never,
  NR extends string = never,
>(
  base: Spec<S, C, D, A, P>,
  name: string,
  changes: Variation<S, C, D, A, P, XD, XA, XI, XT, XR, NA, NI, NT, NR>,
): Spec<S, C, D, A | NA, P | NI | NT | NR> {
  return {
    [SPEC]: true,
    name: `${rootOf(base).name} · ${name}`,
    parts: base.parts,
    variantOf: base,
    variantName: name,
    changes: changes as unknown as VariantChanges<S, C, D>,
  };
}

/** The spec that a chain of variants starts from. */
export function rootOf(spec: Spec): Spec {
  return spec.variantOf === undefined ? spec : rootOf(spec.variantOf);
}
