import { kernelOn, type Kernel } from '../kernel/kernel';
import { HEADER, ROW, type CellBytes } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import type { CellRow, RowAt } from '../learn/row';
import { TooFine } from '../model/engineError';
import { grouped } from '../value/grouped';

/** Most cells of a state: beyond, rows take more than there is to gain. */
const MOST_CELLS = 1 << 20;

/** Some rows, one after the other: their address, and the same memory as cells and as words. */
export interface Rows {
  readonly address: number;
  readonly cells: CellRow;
  readonly words: Int32Array;
}

/** How wide rows are. */
export interface Measure {
  readonly stride: number;
  readonly width: number;
  readonly cellBytes: CellBytes;
}

/** How all rows of a search are laid out: a head, then its cells; and the kernel for cells as wide as these. */
export class RowLayout implements Measure {
  /** Cells a row has room for. */
  width = 16;
  kernel: Kernel;

  constructor(
    private readonly memory: Memory,
    public cellBytes: CellBytes,
  ) {
    this.kernel = kernelOn(memory, cellBytes);
    this.measure();
  }

  /** Bytes from a row to the next. */
  get stride(): number {
    return this.memory.get(HEADER.STRIDE);
  }

  /** What it is now. */
  get measured(): Measure {
    const { stride, width, cellBytes } = this;
    return { stride, width, cellBytes };
  }

  /** Makes it wide enough for so many cells and such a value. False where it has been. Throws `TooFine`. */
  widen(cells: number, local: number): boolean {
    if (cells > MOST_CELLS) throw new TooFine(`a state has over ${grouped(MOST_CELLS)} parts`);
    const bytes: CellBytes = local > 0xffff ? 4 : local > 0xff ? 2 : 1;
    if (cells <= this.width && bytes <= this.cellBytes) return false;
    if (cells > this.width) this.width = Math.ceil(Math.max(cells, this.width * 1.25));
    if (bytes > this.cellBytes) {
      this.cellBytes = bytes;
      this.kernel = kernelOn(this.memory, bytes);
    }
    this.measure();
    return true;
  }

  /** The rows in so many bytes from an address. */
  rowsAt(address: number, bytes: number): Rows {
    const Row = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[this.cellBytes];
    const cells = new Row(
      this.memory.buffer as unknown as ArrayBuffer,
      address,
      bytes / this.cellBytes,
    ) as CellRow;
    return { address, cells, words: this.memory.words(address, bytes >> 2) };
  }

  rowIn({ cells }: Pick<Rows, 'cells'>, k: number): RowAt {
    return { row: cells, offset: (k * this.stride + ROW.CELLS) / this.cellBytes, width: this.width };
  }

  fingerprintIn({ words }: Pick<Rows, 'words'>, k: number): readonly [low: number, high: number] {
    const at = (k * this.stride) >> 2;
    return [words[at] as number, words[at + 1] as number];
  }

  /** How a state was reached. */
  signatureIn({ words }: Pick<Rows, 'words'>, k: number): { readonly parent: number; readonly edge: number } {
    const at = (k * this.stride) >> 2;
    return {
      parent: (words[at + (ROW.PARENT >> 2)] as number) >>> 0,
      edge: words[at + (ROW.EDGE >> 2)] as number,
    };
  }

  /** Puts down a state's fingerprint, and how it was reached. */
  sign(
    { words }: Pick<Rows, 'words'>,
    k: number,
    fingerprint: readonly [low: number, high: number],
    parent: number,
    edge: number,
  ): void {
    const at = (k * this.stride) >> 2;
    words[at] = fingerprint[0];
    words[at + 1] = fingerprint[1];
    words[at + (ROW.PARENT >> 2)] = parent;
    words[at + (ROW.EDGE >> 2)] = edge;
  }

  /** Copies the `j`-th of some rows, that were laid out before as measured, to the `k`-th of others. */
  relay(from: Rows, j: number, before: Measure, to: Rows, k: number): void {
    const head = (j * before.stride) >> 2;
    const at = (k * this.stride) >> 2;
    to.words.fill(0, at, at + (this.stride >> 2));
    to.words.set(from.words.subarray(head, head + (ROW.CELLS >> 2)), at);
    const cellsAt = (j * before.stride + ROW.CELLS) / before.cellBytes;
    to.cells.set(from.cells.subarray(cellsAt, cellsAt + before.width), this.rowIn(to, k).offset);
  }

  private measure(): void {
    this.memory.set(HEADER.STRIDE, Math.ceil((ROW.CELLS + this.width * this.cellBytes) / 8) * 8);
  }
}
