import type { RowAt } from '../learn/learner';

/** Most cells of a state; a row to learn from has room for all. */
export const MOST_CELLS = 1 << 20;

/** A row to learn from: learning may bring about new cells without moving it. */
export class Scratch {
  private readonly row = new Uint32Array(MOST_CELLS);
  private used = 0;

  /** A copy of a row; it serves until the next one is asked for. */
  readonly copied = ({ row, offset, width }: RowAt): RowAt => {
    this.row.fill(0, 0, Math.max(width, this.used));
    this.used = width;
    for (let c = 0; c < width; c++) this.row[c] = row[offset + c] as number;
    return { row: this.row, offset: 0, width: MOST_CELLS };
  };
}
