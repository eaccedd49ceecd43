import type { Exploration, ExploreOptions } from '../../checker/exploration';

export type SearchOptions = Pick<
  ExploreOptions,
  'keepGoing' | 'deadlock' | 'maxDepth' | 'maxStates' | 'workers' | 'exact'
>;

/** What all searches must agree on. */
export interface Outcome {
  readonly end: Exploration['end'];
  readonly initial: number;
  readonly distinct: number;
  readonly generated: number;
  readonly outside: number;
  readonly depth: number;
  readonly frontier: number;
  readonly generatedBy: { readonly [action: string]: number };
  /** Steps that were the first to a state inside the constraint. */
  readonly firsts: number;
  /** Property that fell → number of states of its path. */
  readonly findings: { readonly [property: string]: number };
  readonly reached: { readonly [property: string]: number };
  /** `what` is undefined where a search does not word it. */
  readonly fault?: { readonly place: string; readonly what: string | undefined; readonly length: number };
}
