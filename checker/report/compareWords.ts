import type { Cell, Comparison } from '../compare/comparison';
import { counted } from './phrase';
import { placeText } from './textBroken';

/** `countersMatchRows 22`: what fell, with the number of states of a shortest run to it. */
export function fallenWords({ violated, shortest }: Cell): string[] {
  return violated.map((name) => {
    const length = shortest[name];
    return length === undefined ? `${name} (no state)` : `${name} ${length}`;
  });
}

/** What a cell says besides its verdict and what fell: why it is unfinished, or how the spec is at fault. */
export function remarkOn({ verdict, violated, limit, fault }: Cell): string | undefined {
  if (fault) return `${placeText(fault.place)}: ${fault.what}; ${fault.advice}`;
  if (verdict !== 'incomplete') return undefined;
  if (violated.length > 0) return 'a limit ended it; whatever is not named is undecided';
  return limit === 'aborted' ? 'it was interrupted' : `${LIMITS[limit ?? 'states']} ended it`;
}

const LIMITS = {
  states: 'the limit of states',
  depth: 'the limit of depth',
  seconds: 'the limit of time',
  memory: 'a lack of memory',
} as const;

/** The table's rows: each variant's cells in the order of the environments. */
export function rowsOf({ variants, cells }: Comparison): { variant: string; cells: Cell[] }[] {
  return variants.map((variant) => ({ variant, cells: cells.filter((cell) => cell.variant === variant) }));
}

/** `24 cells: 12 hold, 11 violated, 1 incomplete`. */
export function sumText({ cells }: Comparison): string {
  const sums = (['holds', 'violated', 'incomplete', 'broken'] as const).flatMap((verdict) => {
    const count = cells.filter((cell) => cell.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict === 'holds' && count > 1 ? 'hold' : verdict}`];
  });
  return `${counted(cells.length, 'cell')}: ${sums.join(', ')}`;
}

/** What the numbers beside the properties mean; a table that is passed on needs it said. */
export const LEGEND =
  'A number beside a property counts the states of the shortest run that breaks it, the initial one among them.';
