/** An iterable that is no string: ranging over a word's letters is never what was meant. */
type Values<V> = Iterable<V> & object;

/** The values a parameter takes: fixed, or computed from the state the action is tried in. */
export type Range<S, V = unknown> = Values<V> | ((state: S) => Values<V>);

/** Parameter name → its range. */
export type Ranges<S> = { readonly [parameter: string]: Range<S> };

/** The parameters that ranges `R` give: name → one value of its range. */
export type ParametersOf<R> = {
  readonly [P in keyof R]: R[P] extends (state: never) => Iterable<infer V>
    ? V
    : R[P] extends Iterable<infer V>
      ? V
      : never;
};

/** `ids('rm', 3)` is `['rm1', 'rm2', 'rm3']`: names for the members of a finite set. */
export function ids<const P extends string>(prefix: P, count: number): readonly `${P}${number}`[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}` as const);
}

/** The whole numbers from `first` to `last`, both included; empty where `last < first`. */
export function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
