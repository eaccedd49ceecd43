/** A user's predicate over the entries of a collection. */
export type Predicate = (value: unknown, key: unknown) => unknown;

/**
 * How a predicate's answers over a collection are joined: `any` (does it hold for one), `count` (for how
 * many), `mask` (for which).
 */
export type FoldMode = 'any' | 'count' | 'mask';

// What a predicate says of one value of one entry.
export const UNKNOWN = 0;
export const NO = 1;
export const YES = 2;

/** What a predicate says of the entries that a place has or is known to have had. */
export interface Verdicts {
  /** The source of the user's functions that say it: tells one look at a collection from another. */
  readonly label: string;
  /** Child of the place → local value → UNKNOWN, NO or YES. Children that came later are not in it. */
  readonly of: readonly (readonly number[])[];
}
