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

/** Child of a place → local value → UNKNOWN, NO or YES. */
export type Verdicts = readonly Uint8Array[];
