import type { CellRow, RowAt } from '../learn/row';

/** Cells up to which copying one by one takes less than a view of them to copy from. */
const FEW = 32;

/** Copies the cells of a row to a place in another. */
export function copyCells({ row, offset, width }: RowAt, to: CellRow, at: number): void {
  if (width > FEW) to.set(row.subarray(offset, offset + width), at);
  else for (let cell = 0; cell < width; cell++) to[at + cell] = row[offset + cell] as number;
}
