import type { Result } from '../result';
import type { Cell } from './comparison';

type At = Pick<Cell, 'variant' | 'environment'>;

/** What a table keeps of a search that went on after violations. */
export function cellOf(at: At, result: Result, deadlock: boolean): Cell {
  const violations = result.verdict === 'violated' ? result.violations : [];
  const fallen = new Map<string, number | undefined>(
    violations.map(({ property, trace }) => [property, trace?.length]),
  );
  const order = [...result.properties, 'deadlock'];
  const violated = order.filter((property) => fallen.has(property));
  const shortest = Object.fromEntries(
    violated.flatMap((property) => {
      const length = fallen.get(property);
      return length === undefined ? [] : [[property, length]];
    }),
  );
  return {
    ...at,
    verdict: cutShort(result, deadlock) ? 'incomplete' : result.verdict,
    violated,
    shortest,
    distinct: result.statistics.distinct,
    ...(result.verdict === 'incomplete' && { limit: result.limit }),
    ...(result.verdict === 'broken' && { fault: faultOf(result) }),
  };
}

/** The cell of a search that an abort came before. */
export function cellNotSearched(at: At): Cell {
  return { ...at, verdict: 'incomplete', violated: [], shortest: {}, distinct: 0, limit: 'aborted' };
}

/** A search that goes on may end early for two reasons: a limit, or that everything is decided already. */
function cutShort(result: Result, deadlock: boolean): boolean {
  if (result.verdict !== 'violated' || result.exhausted) return false;
  const decided = new Set([...Object.keys(result.reached), ...result.violations.map((v) => v.property)]);
  return [...result.properties, ...(deadlock ? ['deadlock'] : [])].some((name) => !decided.has(name));
}

function faultOf(result: Extract<Result, { verdict: 'broken' }>): NonNullable<Cell['fault']> {
  const { place, what, advice } = result;
  return { place, what, advice, ...('cause' in result && { cause: result.cause }) };
}
