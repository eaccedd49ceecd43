import type { Constant } from '../../spec/index';
import type { Limit } from '../exploration';
import type { Environments } from '../model/environments';
import type { Broken, Result, Verdict } from '../result';

/** What became of one spec in one environment. */
export interface Cell {
  /** The variant's name; `base` for the spec that is no variant. */
  readonly variant: string;
  readonly environment: string;
  /** `violated` wherever some property fell, whatever else a limit left open. */
  readonly verdict: Verdict;
  /** The properties that fell, in the order the spec declares them; `deadlock` comes last. */
  readonly violated: readonly string[];
  /**
   * Property → number of states of a shortest run to its fall, as in `Trace.length`: one more than its steps.
   * A reachable property that no state satisfies has no run.
   */
  readonly shortest: { readonly [property: string]: number };
  /** What a limit left open: properties, and `deadlock`, that neither fell nor are known to hold. Absent for none. */
  readonly undecided?: readonly string[];
  /** Distinct states met; all there are, unless the search ended before because nothing was left to decide. */
  readonly distinct: number;
  /** Which limit ended the search, where one did. */
  readonly limit?: Limit;
  /** For a broken cell: how the spec is at fault. */
  readonly fault?: Pick<Broken, 'place' | 'what' | 'advice' | 'cause'>;
  /** What was checked in this cell, where that is not what the table says. */
  readonly properties?: readonly string[];
}

/** What a table is made with. Tables made with different things can't be compared. */
export interface Making extends Pick<Result, 'unchecked' | 'deadlock' | 'bounds'> {
  /** The name of the spec that all are variants of. */
  readonly spec: string;
  /** The spec's constants, by what they are where neither a variant nor an environment sets another. */
  readonly constants: { readonly [name: string]: Constant };
  /** Those of them that differ from their defaults. */
  readonly overridden: { readonly [name: string]: Constant };
  readonly variants: readonly string[];
  /** The variants that set other defaults: name → constants. */
  readonly defaults: Environments;
  readonly environments: readonly string[];
  /** What each environment sets. */
  readonly settings: Environments;
  /** What was checked, in the order the spec declares it; `deadlock` comes last. */
  readonly properties: readonly string[];
}

/** Every spec judged in every environment: what `compareVariants` returns. */
export interface Comparison extends Making {
  /** All environments of the first variant, then those of the next. */
  readonly cells: readonly Cell[];
}
