import type { CheckOptions } from '../check';
import { listOf, type Arguments } from './arguments';

/** What to check: the properties that `--property` and `--invariant` name, `deadlock` among them, or all. */
export function promisesOf(args: Arguments): Pick<CheckOptions, 'properties'> & { deadlock: boolean } {
  const named = [...listOf(args, 'invariant', true), ...listOf(args, 'property', true)];
  const properties = named.filter((name) => name !== 'deadlock');
  return { ...(named.length > 0 && { properties }), deadlock: args['no-deadlock'] !== true };
}
