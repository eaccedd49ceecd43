import { availableParallelism } from 'node:os';
import { MOST_CONTEXTS } from '../kernel/layout';
import { UsageError } from '../model/usageError';
import type { ExploreOptions } from '../exploration';
import { defaultMemory } from './memoryWatch';

const BOUNDS = ['maxStates', 'maxDepth', 'maxSeconds', 'maxMemory'] as const;
const UNITS: { readonly [bound: string]: string } = {
  maxSeconds: 'number of seconds',
  maxMemory: 'number of megabytes',
};

type Limits = Pick<ExploreOptions, (typeof BOUNDS)[number]>;

/** The bounds that were set, as they were given. */
export type Bounds = Limits;

export function boundsOf(options: { readonly [K in keyof Limits]?: number | undefined }): Bounds {
  return Object.fromEntries(
    BOUNDS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}

/** The bounds among some options, checked: a bound of 0 or NaN would quietly check nothing. Of memory there is always one. */
export function limitsOf(options: { readonly [K in keyof Limits]?: number | undefined }): Limits {
  const limits: { -readonly [K in keyof Limits]: Limits[K] } = { maxMemory: defaultMemory() };
  for (const name of BOUNDS) {
    const value = options[name];
    if (value === undefined) continue;
    const unit = UNITS[name];
    if (typeof value !== 'number' || !(value > 0) || (!unit && !Number.isInteger(value)))
      throw new UsageError(`${name} must be a ${unit ?? 'whole number'} above 0, but is ${String(value)}`);
    limits[name] = value;
  }
  return limits;
}

/** How many threads to search with. Throws `UsageError` for what is no such number. */
export function threadsOf(workers: number | 'auto' | undefined, exact: boolean | undefined): number {
  const threads = workers === 'auto' ? Math.min(availableParallelism(), MOST_CONTEXTS) : (workers ?? 1);
  if (typeof threads !== 'number' || !Number.isInteger(threads) || threads < 1 || threads > MOST_CONTEXTS)
    throw new UsageError(
      `workers must be 'auto' or a whole number from 1 to ${MOST_CONTEXTS}, but is ${String(workers)}`,
    );
  if (!exact) return threads;
  if (threads > 1 && workers !== 'auto')
    throw new UsageError('exact compares whole states, which one thread does: leave workers out');
  return 1;
}
