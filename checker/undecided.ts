import type { Result } from './result';

/**
 * What a search says nothing about, `deadlock` among it: what neither fell nor is known to hold. A reachable property
 * that was reached stays so, wherever the search ended.
 */
export function undecidedOf(result: Result): string[] {
  if (result.verdict === 'holds' || (result.verdict === 'violated' && result.exhausted)) return [];
  const fallen = result.verdict === 'violated' ? result.violations.map(({ property }) => property) : [];
  const decided = new Set<string>([...Object.keys(result.reached), ...fallen]);
  return checkedIn(result).filter((name) => !decided.has(name));
}

/** All that a search was to decide, in the spec's order; `deadlock` comes last. */
export function checkedIn({ properties, deadlock }: Pick<Result, 'properties' | 'deadlock'>): string[] {
  return [...properties, ...(deadlock ? ['deadlock'] : [])];
}
