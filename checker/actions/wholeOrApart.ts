import type { Policy } from '../learn/policy';

/** A function of the spec's, asked about every state. */
export interface Asked {
  /** Whether it is called, and not learned. */
  readonly direct: boolean;
  /** What calling it takes in a state. */
  readonly cost: number;
}

/**
 * Whether learning spares too little beside what is called in every state all the same: then taking states apart, which
 * is for learning only, isn't worth it.
 */
export function sparesTooLittle(functions: readonly Asked[], policy: Policy): boolean {
  const sum = (direct: boolean): number =>
    functions.reduce((total, asked) => total + (asked.direct === direct ? asked.cost : 0), 0);
  if (functions.every(({ direct }) => direct)) return true; // there is nothing left to spare
  return policy.keepsWhole(sum(false), sum(true));
}
