import type { Kernel } from '../kernel/kernel';
import { CONTEXT, HEADER, PAGE } from '../kernel/layout';
import { OutOfMemory, type Memory } from '../kernel/memory';
import type { RowAt, Rows as RowKeeper } from '../learn/row';
import { RowLayout, type Measure, type Rows } from './rowLayout';
import type { NewStates } from './standing';

const FIRST_PAGES = 1;

/**
 * States on top of each other, in one stretch of the kernel's memory: new ones are written at its end, and those at its
 * end go first. A stretch that is too short is left for one twice as long.
 */
export class RowStack implements RowKeeper, NewStates {
  private readonly layout: RowLayout;
  private readonly context: Int32Array;
  private pages = FIRST_PAGES;
  private rows: Rows;

  constructor(private readonly memory: Memory) {
    this.context = memory.context(0);
    this.layout = new RowLayout(memory, 1);
    this.rows = this.open();
  }

  get kernel(): Kernel {
    return this.layout.kernel;
  }

  /** How many there are. */
  get size(): number {
    return this.context[CONTEXT.OUT_COUNT >> 2] as number;
  }

  /** All from one on go. */
  cut(size: number): void {
    this.context[CONTEXT.OUT_COUNT >> 2] = size;
  }

  rowAt(index: number): RowAt {
    return this.layout.rowIn(this.rows, index);
  }

  addressOf(index: number): number {
    return this.rows.address + index * this.layout.stride;
  }

  fingerprintOf(index: number): readonly [low: number, high: number] {
    return this.layout.fingerprintIn(this.rows, index);
  }

  /** How a state was reached. */
  signatureOf(index: number): { readonly parent: number; readonly edge: number } {
    return this.layout.signatureIn(this.rows, index);
  }

  outRow(): RowAt {
    if (this.size === this.room) this.turnOver();
    return this.rowAt(this.size);
  }

  sign(low: number, high: number, parent: number, edge: number): void {
    this.layout.sign(this.rows, this.size, [low, high], parent, edge);
  }

  get signature(): { readonly parent: number; readonly edge: number } {
    return this.signatureOf(this.size);
  }

  keep(): void {
    this.cut(this.size + 1);
  }

  turnOver(): void {
    this.move(this.size, this.layout.measured);
  }

  fit(cells: number, local: number): void {
    const before = this.layout.measured;
    const written = Math.min(this.size + 1, this.room); // the row after the last may be being written
    if (this.layout.widen(cells, local)) this.move(written, before);
  }

  private get room(): number {
    return this.memory.get(HEADER.CHUNK_ROOM);
  }

  /** Lays some rows, that were laid out as measured, where there is room for them and as many again. */
  private move(count: number, before: Measure): void {
    const { rows, layout } = this;
    while (Math.floor((this.pages * PAGE) / layout.stride) <= count) this.pages *= 2;
    this.rows = this.open();
    for (let k = 0; k < count; k++) layout.relay(rows, k, before, this.rows, k);
  }

  private open(): Rows {
    const { memory, pages } = this;
    const top = memory.get(HEADER.TOP) - pages;
    if (top < memory.get(HEADER.FLOOR)) throw new OutOfMemory('there is no room for more states');
    memory.set(HEADER.TOP, top);
    memory.set(HEADER.CHUNK_ROOM, Math.floor((pages * PAGE) / this.layout.stride));
    this.context[CONTEXT.OUT >> 2] = top * PAGE;
    return this.layout.rowsAt(top * PAGE, pages * PAGE);
  }
}
