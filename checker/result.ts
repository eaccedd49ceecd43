import type { Constant, Parameters } from '../spec/index';
import type { FindingKind, Limit, Statistics } from './exploration';
import type { Bounds } from './budget/limits';
import type { Place } from './model/fault';
import type { Reading } from './property/reads';
import type { Trace } from './trace/trace';

/** A property that does not hold, and the shortest run that shows it. */
export interface Violation<P extends string = string> {
  readonly kind: FindingKind;
  /** The property's name; `deadlock` for a deadlock. */
  readonly property: P | 'deadlock';
  /** For an invariant with ranges: the choice for which it fails. */
  readonly parameters?: Parameters;
  /** The property's own sentence about the state, if it declares one. */
  readonly says?: string;
  /** What the property read in the last state, or in the last step's two, in the order it read it. */
  readonly reads: readonly Reading[];
  /** Absent only for a reachable property that no state satisfies. */
  readonly trace?: Trace;
}

interface Common {
  readonly spec: string;
  readonly variant: string | null;
  readonly constants: { readonly [name: string]: Constant };
  /** The constants that differ from their defaults. */
  readonly overridden: { readonly [name: string]: Constant };
  /** The properties that were checked. */
  readonly properties: readonly string[];
  /** The spec's properties that were not asked for. */
  readonly unchecked: readonly string[];
  /** Whether deadlocks were looked for. */
  readonly deadlock: boolean;
  /** The bounds that were set: of none that is not here was there any. */
  readonly bounds: Bounds;
  readonly statistics: Statistics;
  /** For each reachable property that was reached: a shortest run to it. */
  readonly reached: { readonly [property: string]: Trace };
}

/** The space was exhausted and every property held in all of it. */
export interface Holds extends Common {
  readonly verdict: 'holds';
}

/** At least one property fell. */
export interface Violated<P extends string = string> extends Common {
  readonly verdict: 'violated';
  /** By increasing length of trace; properties that no state reaches come last. */
  readonly violations: readonly [Violation<P>, ...Violation<P>[]];
  /** Whether the space was exhausted, so that the properties not listed hold. */
  readonly exhausted: boolean;
  /** Which limit ended the search, where one did before all was decided; `bound` is its value, where it has one. */
  readonly limit?: Limit;
  readonly bound?: number | null;
}

/** A limit ended the search before the space was exhausted; nothing fell in what was covered. */
export interface Incomplete extends Common {
  readonly verdict: 'incomplete';
  readonly limit: Limit;
  /** The limit's value, where it has one. */
  readonly bound: number | null;
}

/** The spec itself is at fault: it threw, is not pure, or made a value that can be no part of a state. */
export interface Broken<P extends string = string> extends Common {
  readonly verdict: 'broken';
  /** What had fallen until then, or falls beside: runs that were taken, perhaps not the shortest. */
  readonly violations: readonly Violation<P>[];
  readonly place: Place;
  /** What happened, as a clause with the place for its subject. */
  readonly what: string;
  readonly advice: string;
  /** What the user's code threw, if it did. */
  readonly cause?: unknown;
  /** A shortest run to the state in which it happened; absent for init. */
  readonly trace?: Trace;
}

/** What `check` returns. `P` are the names of the spec's properties. */
export type Result<P extends string = string> = Holds | Violated<P> | Incomplete | Broken<P>;
export type Verdict = Result['verdict'];
