import type { Cell, Comparison } from '../compare/comparison';
import type { Row } from '../compare/differences';
import { placeText } from './textBroken';

/** What a table that is kept has of a cell. Nothing in it depends on the time or the machine. */
export function rowOf(cell: Cell): Row {
  const { variant, environment, verdict, violated, shortest, distinct, undecided, fault, properties } = cell;
  return {
    variant,
    environment,
    verdict,
    violated,
    shortest,
    distinct,
    ...(undecided && { undecided }),
    ...(fault && { fault: `${placeText(fault.place)}: ${fault.what}` }),
    ...(properties && { properties }),
  };
}

/** A table's rows, all environments of the first variant before those of the next. */
export function rowsKept({ cells }: Comparison): Row[] {
  return cells.map(rowOf);
}
