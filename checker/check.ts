import type { Spec } from '../spec/index';
import { concludeAttended, stillborn, unbuilt, type Asked } from './conclusion';
import type { ExploreOptions, Progress } from './exploration';
import { boundsOf, limitsOf, threadsOf, type Bounds } from './budget/limits';
import { searchBreadthFirst } from './search/search';
import { attended } from './model/attended';
import { bind } from './model/bind';
import { Evaluator } from './model/evaluator';
import { Fault } from './model/fault';
import { requireDeadlockOnce, requireOptions, type OptionsOf } from './model/given';
import type { Model } from './model/model';
import { UsageError } from './model/usageError';
import type { Result } from './result';

/** How to check. Every bound that ends a search early makes its result *incomplete*, never *holds*. */
export interface CheckOptions<C = { readonly [name: string]: unknown }, P extends string = string> {
  /** Check in this environment of the spec's: with the constants that it sets. `base` sets none. Default `base`. */
  readonly environment?: string;
  /** Overrides of the spec's constants. One that the environment sets, to another value, is refused. */
  readonly constants?: { readonly [K in keyof C]?: C[K] };
  /**
   * Check these properties only: invariants, action properties and reachable ones, by name. `deadlock` is looked for
   * beside them unless `deadlock: false`; named alone, nothing else is.
   */
  readonly properties?: readonly (P | 'deadlock')[];
  /** Whether a state without successor that is not final is a violation. Default true. */
  readonly deadlock?: boolean;
  /** Search on after the first violation, for a shortest run to each property that falls. Default false. */
  readonly keepGoing?: boolean;
  /** Most distinct states. */
  readonly maxStates?: number;
  /** Greatest depth; an initial state has depth 1. */
  readonly maxDepth?: number;
  /** Looked at between calls of the spec's functions: one that never comes back is waited for, but by the command. */
  readonly maxSeconds?: number;
  /** Most megabytes of the search's tables and Node's heap together. Default three quarters of the machine's. */
  readonly maxMemory?: number;
  /**
   * Threads that search, this one included; `'auto'` for as many as there are processors. Default 1. Verdict, counts
   * and the lengths of traces are the same for any number; which of several shortest traces is shown may differ, and
   * which action was the first to find a state. Where `maxStates` is reached, or the spec is at fault, one thread makes the
   * search again, since there the order of states counts.
   * Actions that are run plainly (see `--stats`) and learning stay with one thread.
   */
  readonly workers?: number | 'auto';
  /**
   * Compare whole states, not only 64-bit fingerprints of them: no state can be missed. In one thread, several times
   * as slow, and takes the memory that all states need. Default false.
   */
  readonly exact?: boolean;
  /** Aborting ends the search *incomplete*. Looked at as `maxSeconds` is. */
  readonly signal?: AbortSignal;
  /** Told about twenty times a second how far the search is. */
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds from an arbitrary origin; `performance.now` where absent. */
  readonly now?: () => number;
}

export const CHECK_OPTIONS: OptionsOf<CheckOptions> = {
  environment: 'text',
  constants: 'constants',
  properties: 'names',
  deadlock: 'flag',
  keepGoing: 'flag',
  maxStates: 'bound',
  maxDepth: 'bound',
  maxSeconds: 'bound',
  maxMemory: 'bound',
  workers: 'bound',
  exact: 'flag',
  signal: 'signal',
  onProgress: 'function',
  now: 'function',
};

/**
 * Visits every state that the spec can reach and returns what it found out. Resolves for every finding,
 * a broken spec included; rejects with `UsageError` only where the request makes no sense (an unknown
 * option, constant or property, a bound that is no positive number, a part that no spec has).
 */
export async function check<S, C, D, A extends string, P extends string>(
  spec: Spec<S, C, D, A, P>,
  options: CheckOptions<C, NoInfer<P>> = {},
): Promise<Result<P>> {
  requireOptions('check', options, CHECK_OPTIONS);
  requireDeadlockOnce(options);
  let model: Model;
  try {
    model = await attended(() => bind(spec, options as CheckOptions));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return unbuilt(spec as Spec, error, askedOf(options)) as Result<P>;
  }
  return (await checkModel(model, options as CheckOptions)) as Result<P>;
}

/** `check` for a spec whose constants are fixed already. */
export async function checkModel(
  model: Model,
  options: Omit<CheckOptions, 'environment' | 'constants' | 'properties'>,
): Promise<Result> {
  const exploreOptions: ExploreOptions = {
    ...limitsOf(options),
    workers: threadsOf(options.workers, options.exact),
    exact: options.exact ?? false,
    deadlock: options.deadlock ?? true,
    keepGoing: options.keepGoing ?? false,
    now: options.now ?? (() => performance.now()),
    ...(options.signal && { signal: options.signal }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  };
  let evaluator: Evaluator;
  try {
    evaluator = await attended(() => new Evaluator(model));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return stillborn(model, error.details, askedOf(options));
  }
  const exploration = await searchBreadthFirst(evaluator, exploreOptions);
  return concludeAttended(model, evaluator, exploration, exploreOptions, boundsOf(options));
}

function askedOf(options: Pick<CheckOptions<any, any>, 'deadlock' | keyof Bounds>): Asked {
  return { deadlock: options.deadlock ?? true, bounds: boundsOf(options) };
}
