import type { Constant } from '../../spec/index';
import type { Limit } from '../explore/exploration';
import type { Broken, Verdict } from '../result';

/** What became of one spec in one environment. */
export interface Cell {
  /** The variant's name; `base` for the spec that is no variant. */
  readonly variant: string;
  readonly environment: string;
  /** `incomplete` wherever some property is undecided, even where others fell before the search ended. */
  readonly verdict: Verdict;
  /** The properties that fell, in the order the spec declares them; `deadlock` comes last. */
  readonly violated: readonly string[];
  /**
   * Property → number of states of a shortest run to its fall, as in `Trace.length`: one more than its steps.
   * A reachable property that no state satisfies has no run.
   */
  readonly shortest: { readonly [property: string]: number };
  /** Distinct states met; all there are, unless the search ended before because nothing was left to decide. */
  readonly distinct: number;
  /** For an incomplete cell in which nothing fell: which limit ended it. */
  readonly limit?: Limit;
  /** For a broken cell: how the spec is at fault. */
  readonly fault?: Pick<Broken, 'place' | 'what' | 'advice' | 'cause'>;
}

/** Every spec judged in every environment: what `compareVariants` returns. */
export interface Comparison {
  /** The name of the spec that all are variants of. */
  readonly spec: string;
  readonly variants: readonly string[];
  readonly environments: readonly string[];
  /** All environments of the first variant, then those of the next. */
  readonly cells: readonly Cell[];
}

/** Name → the constants it sets. */
export type Environments = { readonly [name: string]: { readonly [constant: string]: Constant } };
