import { grown, type CellRow } from '../learn/cells';

/** Most cells of a state; a row to learn from has room for all. */
export const MOST_CELLS = 1 << 20;

export type RowType = Uint16ArrayConstructor | Uint32ArrayConstructor;

/** The states of one level, in the order of their numbers: rows one after the other, and their fingerprints. */
export class Level {
  count = 0;
  low = new Int32Array(256);
  high = new Int32Array(256);
  rows: CellRow;
  /** The same memory, 32 bits at a time: for copying. */
  words: Int32Array;

  constructor(
    private readonly rowType: RowType,
    /** Cells of a row; a multiple of 4, so that rows start and end on whole words. */
    public stride: number,
  ) {
    this.rows = new rowType(256 * stride);
    this.words = wordsOf(this.rows);
  }

  /** Makes room for one more state. */
  reserve(): void {
    const needed = this.count + 1;
    if (needed > this.low.length) {
      this.low = grown(this.low, needed);
      this.high = grown(this.high, needed);
    }
    if (needed * this.stride > this.rows.length) {
      this.rows = grown(this.rows, needed * this.stride);
      this.words = wordsOf(this.rows);
    }
  }

  /** Makes every row longer; the cells added are absent. The row at `count`, being written, is kept too. */
  widen(stride: number): void {
    const rows = new this.rowType(this.low.length * stride);
    for (let i = 0; i < this.low.length && (i + 1) * this.stride <= this.rows.length && i <= this.count; i++)
      rows.set(this.rows.subarray(i * this.stride, (i + 1) * this.stride), i * stride);
    this.rows = rows;
    this.words = wordsOf(rows);
    this.stride = stride;
  }

  /** Copies row `i` of another level, of the same stride, to the end. */
  copyFrom(other: Level, i: number): void {
    const width = (this.stride * this.rows.BYTES_PER_ELEMENT) >> 2;
    const { words } = this;
    const from = other.words;
    const target = this.count * width;
    const source = i * width;
    for (let w = 0; w < width; w++) words[target + w] = from[source + w] as number;
  }
}

function wordsOf(rows: CellRow): Int32Array {
  return new Int32Array(rows.buffer, 0, Math.floor(rows.byteLength / 4));
}
