import { copyCells } from './copyCells';
import type { RowAt } from '../learn/row';

/** A row to learn from. It stays where it is while learning brings about new cells, which are absent there. */
export class RowCopy {
  private row = new Uint32Array(64);

  /** A copy of a row; it serves until the next one is asked for. */
  readonly copied = (from: RowAt): RowAt => {
    const { width } = from;
    if (this.row.length < width) this.row = new Uint32Array(width * 2);
    copyCells(from, this.row, 0);
    this.row.fill(0, width);
    return { row: this.row, offset: 0, width };
  };
}
