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

/** Whoever keeps rows: told that they must hold so many cells, and a cell such a local value, before anything uses either. */
export interface Rows {
  fit(cells: number, local: number): void;
}
