import { UsageError } from '../model/usageError';
import type { ExploreOptions } from './exploration';

type Limits = Pick<ExploreOptions, 'maxStates' | 'maxDepth' | 'maxSeconds'>;

/** The bounds among some options, checked: a bound of 0 or NaN would quietly check nothing. */
export function limitsOf(options: { readonly [K in keyof Limits]?: number | undefined }): Limits {
  const limits: { maxStates?: number; maxDepth?: number; maxSeconds?: number } = {};
  for (const name of ['maxStates', 'maxDepth', 'maxSeconds'] as const) {
    const value = options[name];
    if (value === undefined) continue;
    const whole = name !== 'maxSeconds';
    if (typeof value !== 'number' || !(value > 0) || (whole && !Number.isInteger(value)))
      throw new UsageError(
        `${name} must be a ${whole ? 'whole number above 0' : 'number of seconds above 0'}, but is ${String(value)}`,
      );
    limits[name] = value;
  }
  return limits;
}
