import type { Result } from '../result';
import { checkedIn, undecidedOf } from '../undecided';
import type { Cell } from './comparison';

type At = Pick<Cell, 'variant' | 'environment' | 'properties'>;

/** What a table keeps of a search that went on after violations. */
export function cellOf(at: At, result: Result): Cell {
  const violations = result.verdict === 'violated' ? result.violations : [];
  const fallen = new Map<string, number | undefined>(
    violations.map(({ property, trace }) => [property, trace?.length]),
  );
  const violated = checkedIn(result).filter((property) => fallen.has(property));
  const shortest = Object.fromEntries(
    violated.flatMap((property) => {
      const length = fallen.get(property);
      return length === undefined ? [] : [[property, length]];
    }),
  );
  const undecided = result.verdict === 'broken' ? [] : undecidedOf(result);
  return {
    ...at,
    verdict: result.verdict,
    violated,
    shortest,
    ...(undecided.length > 0 && { undecided }),
    distinct: result.statistics.distinct,
    ...('limit' in result && { limit: result.limit }),
    ...(result.verdict === 'broken' && { fault: faultOf(result) }),
  };
}

/** The cell of a search that an abort came before; `checked` is what it was to decide. */
export function cellNotSearched(at: At, checked: readonly string[]): Cell {
  return {
    ...at,
    verdict: 'incomplete',
    violated: [],
    shortest: {},
    ...(checked.length > 0 && { undecided: checked }),
    distinct: 0,
    limit: 'aborted',
  };
}

function faultOf(result: Extract<Result, { verdict: 'broken' }>): NonNullable<Cell['fault']> {
  const { place, what, advice } = result;
  return { place, what, advice, ...('cause' in result && { cause: result.cause }) };
}
