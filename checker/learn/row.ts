/** A state as one small integer a cell: as wide as the cell with the most values needs. */
export type CellRow = Uint8Array | Uint16Array | Uint32Array;

/** Cell value 0: nothing is there. */
export const ABSENT = 0;

/** A row of cells: where it stands, and how many cells it has. */
export interface RowAt {
  readonly row: CellRow;
  readonly offset: number;
  readonly width: number;
}
