import type { CellRow, RowAt } from '../learn/row';
import { copyCells } from './copyCells';
import type { Frontier } from './frontier';
import { stretchWith } from './stretchWith';

interface Level {
  /** The number of its first state. */
  readonly first: number;
  readonly width: number;
  readonly cells: CellRow;
}

/** The rows of all states, level by level, each with the cells that there were by then. */
export class LevelRows {
  bytes = 0;
  private readonly levels: Level[] = [];
  private count = 0;

  /** Keeps the states of the frontier's level, the first of which has the next number. */
  add(frontier: Frontier, width: number): void {
    const { count } = frontier;
    if (count === 0) return;
    const { row } = frontier.rowAt(0);
    const cells = new (row.constructor as new (length: number) => CellRow)(count * width);
    for (let index = 0; index < count; index++)
      copyCells({ ...frontier.rowAt(index), width }, cells, index * width);
    this.levels.push({ first: this.count, width, cells });
    this.count += count;
    this.bytes += cells.byteLength;
  }

  /** The row of the state with a number. */
  rowOf(number: number): RowAt {
    const { first, width, cells } = stretchWith(this.levels, number);
    return { row: cells, offset: (number - first) * width, width };
  }
}
