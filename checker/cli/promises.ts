import type { CheckOptions } from '../check';
import { listOf, type Arguments } from './arguments';

/** What to check: the properties that `--property` and `--invariant` name, `deadlock` among them, or all. */
export function promisesOf(args: Arguments): Pick<CheckOptions, 'properties' | 'deadlock'> {
  const named = [...listOf(args, 'invariant', true), ...listOf(args, 'property', true)];
  return {
    ...(named.length > 0 && { properties: named }),
    ...(args['no-deadlock'] === true && { deadlock: false }),
  };
}
