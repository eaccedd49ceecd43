import type { Kernel } from '../kernel/kernel';
import { CONTEXT, HEADER, PAGE, ROW, type CellBytes } from '../kernel/layout';
import { OutOfMemory, Table, type Memory } from '../kernel/memory';
import type { Predecessors } from './predecessors';
import type { CellRow, RowAt, Rows } from '../learn/row';
import { RowLayout, type Measure, type Rows as ChunkRows } from './rowLayout';
import type { NewStates } from './standing';
import { stretchWith } from './stretchWith';

/** Rows of a chunk at least. */
const LEAST_ROOM = 16;

/** Some states of a level, row after row. */
interface Chunk extends ChunkRows {
  readonly count: number;
  /** The index of its first state in the level. */
  readonly first: number;
}

/** A new state that is in no chunk. */
export interface LooseState {
  readonly words: Int32Array;
  readonly cells: CellRow;
}

/**
 * The states of the level being expanded and those of the next one, in chunks of the kernel's memory. New states are
 * written at the end of the main thread's chunk; a chunk whose states are all expanded serves again.
 */
export class Frontier implements Rows, NewStates {
  /** States of the level being expanded. */
  count = 0;
  private level: Chunk[] = [];
  private near: Chunk | undefined;
  /** Chunks of the next level that are full, and their states. */
  private filled: Chunk[] = [];
  private filledCount = 0;
  private out: Chunk;
  private readonly layout: RowLayout;
  private readonly free: Table;
  private readonly context: Int32Array;

  constructor(
    private readonly memory: Memory,
    cellBytes: CellBytes = 1,
  ) {
    this.free = new Table(memory, HEADER.FREE_CHUNKS, 64);
    this.context = memory.context(0);
    this.layout = new RowLayout(memory, cellBytes);
    this.measure();
    this.out = this.open();
  }

  /** The kernel for cells as wide as these; another one once they are wider. */
  get kernel(): Kernel {
    return this.layout.kernel;
  }

  get cellBytes(): CellBytes {
    return this.layout.cellBytes;
  }

  /** States of the next level so far. */
  get nextCount(): number {
    return this.filledCount + this.outCount;
  }

  /** Where a state of the level is. */
  rowAt(index: number): RowAt {
    const chunk = this.chunkOf(index);
    return this.layout.rowIn(chunk, index - chunk.first);
  }

  /** The address of a state of the level. */
  addressOf(index: number): number {
    const chunk = this.chunkOf(index);
    return chunk.address + (index - chunk.first) * this.stride;
  }

  /** The index of the state of the level at an address. */
  indexAt(address: number): number {
    const bytes = this.pages * PAGE;
    const holds = (chunk: Chunk) => address >= chunk.address && address < chunk.address + bytes;
    if (!this.near || !holds(this.near)) this.near = this.level.find(holds) as Chunk;
    return this.near.first + (address - this.near.address) / this.stride;
  }

  /** The fingerprint of a state of the level. */
  fingerprintOf(index: number): readonly [low: number, high: number] {
    const chunk = this.chunkOf(index);
    return this.layout.fingerprintIn(chunk, index - chunk.first);
  }

  /** The chunk with a state of the level: its address, its first state, and the index after its last. */
  stretchFrom(index: number): { readonly address: number; readonly first: number; readonly end: number } {
    const { address, first, count } = this.chunkOf(index);
    return { address, first, end: first + count };
  }

  /** All states before this one have been expanded: their chunks may serve again. */
  passed(index: number): void {
    for (let chunk = this.level[0]; chunk && chunk.first + chunk.count <= index; chunk = this.level[0]) {
      this.level.shift();
      this.release(chunk);
    }
  }

  outRow(): RowAt {
    if (this.outCount === this.room) this.turnOver();
    return this.layout.rowIn(this.out, this.outCount);
  }

  sign(low: number, high: number, parent: number, edge: number): void {
    this.layout.sign(this.out, this.outCount, [low, high], parent, edge);
  }

  get signature(): { readonly parent: number; readonly edge: number } {
    return this.layout.signatureIn(this.out, this.outCount);
  }

  /** The state in `outRow` belongs to the next level. */
  keep(): void {
    this.context[CONTEXT.OUT_COUNT >> 2]!++;
  }

  /** The main thread's chunk is full: another takes its place. Throws `OutOfMemory`. */
  turnOver(): void {
    this.fill();
    this.out = this.open();
  }

  /** The next level becomes the one to expand. */
  descend(): void {
    for (const chunk of this.level) this.release(chunk);
    this.fill();
    this.level = this.filled;
    this.count = this.filledCount;
    this.near = undefined;
    this.filled = [];
    this.filledCount = 0;
    this.out = this.open();
  }

  /** Puts down in history how each state of the level was reached. None may have been passed. */
  record(predecessors: Predecessors): void {
    const width = this.stride >> 2;
    for (const { words, count } of this.level) predecessors.addAll(words, ROW.PARENT >> 2, width, count);
  }

  /** Takes a new state out of a chunk of so many; the last one fills the gap. */
  takeOut(address: number, k: number, count: number): LooseState {
    const { words, cells } = this.chunkAt(address, count, 0);
    const width = this.stride >> 2;
    const { row, offset, width: cellCount } = this.layout.rowIn({ cells }, k);
    const taken = {
      words: words.slice(k * width, k * width + (ROW.CELLS >> 2)),
      cells: row.slice(offset, offset + cellCount),
    };
    words.copyWithin(k * width, (count - 1) * width, count * width);
    return taken;
  }

  /** Writes a state to `outRow`, signed. */
  putBack({ words, cells }: LooseState): void {
    const { row, offset, width } = this.outRow();
    row.fill(0, offset, offset + width);
    row.set(cells, offset);
    this.out.words.set(words, (this.outCount * this.stride) >> 2);
  }

  /** The main thread has gone on to a chunk by itself, after filling others (address and count). */
  mainTurnedTo(address: number, filled: ReadonlyMap<number, number>): void {
    for (const [at, count] of filled) this.append(this.chunkAt(at, count, this.filledCount));
    if (address !== this.out.address) this.out = this.chunkAt(address, 0, 0);
  }

  /** Takes over chunks (address and count) that another thread has written new states to. */
  adopt(chunks: ReadonlyMap<number, number>): void {
    const width = this.stride >> 2;
    for (const [address, count] of chunks) {
      const chunk = this.chunkAt(address, count, this.filledCount);
      if (count * 2 > this.room) {
        this.append(chunk);
        continue;
      }
      for (let k = 0; k < count; k++) {
        this.outRow();
        this.out.words.set(chunk.words.subarray(k * width, (k + 1) * width), this.outCount * width);
        this.keep();
      }
      this.release(chunk);
    }
  }

  /** Makes room for so many cells a row and such a value, where there is none yet. Throws `TooFine`. */
  fit(cells: number, local: number): void {
    const before = this.layout.measured;
    if (this.layout.widen(cells, local)) this.layAnew(before);
  }

  /** Rows are wider than before: all addresses change. */
  private layAnew(before: Measure): void {
    const oldPages = this.pages;
    this.measure();
    const sameChunks = this.pages === oldPages;
    if (!sameChunks) this.memory.set(HEADER.FREE_COUNT, 0);
    const laid = (chunks: readonly Chunk[], first: number): Chunk[] => {
      const made: Chunk[] = [];
      let at = this.room;
      for (const chunk of chunks) {
        for (let k = 0; k < chunk.count; k++) {
          if (at === this.room) {
            made.push(this.fresh(first + made.length * this.room));
            at = 0;
          }
          this.layout.relay(chunk, k, before, made.at(-1) as Chunk, at++);
        }
        if (sameChunks) this.release(chunk);
      }
      return made.map((chunk, n) => ({ ...chunk, count: n === made.length - 1 ? at : this.room }));
    };
    this.level = laid(this.level, this.level[0]?.first ?? 0);
    this.near = undefined;
    // The row after the last is being written.
    const writing = this.outCount < Math.floor(this.out.words.byteLength / before.stride);
    const next = laid([...this.filled, { ...this.out, count: this.outCount + Number(writing) }], 0);
    this.out = next.pop() as Chunk;
    this.filled = next;
    this.filledCount = next.reduce((sum, { count }) => sum + count, 0);
    this.context[CONTEXT.OUT_COUNT >> 2] = this.out.count - Number(writing);
    this.context[CONTEXT.OUT >> 2] = this.out.address;
  }

  private get stride(): number {
    return this.layout.stride;
  }

  private get room(): number {
    return this.memory.get(HEADER.CHUNK_ROOM);
  }

  private get pages(): number {
    return this.memory.get(HEADER.CHUNK_PAGES);
  }

  private get outCount(): number {
    return this.context[CONTEXT.OUT_COUNT >> 2] as number;
  }

  private measure(): void {
    const { stride } = this;
    const pages = Math.ceil((LEAST_ROOM * stride) / PAGE);
    this.memory.set(HEADER.CHUNK_PAGES, pages);
    this.memory.set(HEADER.CHUNK_ROOM, Math.floor((pages * PAGE) / stride));
  }

  /** A chunk for the main thread's new states. */
  private open(): Chunk {
    const chunk = this.fresh(0);
    this.context[CONTEXT.OUT >> 2] = chunk.address;
    return chunk;
  }

  private fill(): void {
    this.append({ ...this.out, count: this.outCount, first: this.filledCount });
    this.context[CONTEXT.OUT_COUNT >> 2] = 0;
  }

  private append(chunk: Chunk): void {
    this.filled.push(chunk);
    this.filledCount += chunk.count;
  }

  private fresh(first: number): Chunk {
    const { memory } = this;
    const left = memory.get(HEADER.FREE_COUNT);
    if (left > 0) {
      memory.set(HEADER.FREE_COUNT, left - 1);
      return this.chunkAt((this.free.words[left - 1] as number) >>> 0, 0, first);
    }
    const top = memory.get(HEADER.TOP) - this.pages;
    if (top < memory.get(HEADER.FLOOR)) throw new OutOfMemory('there is no room for more states');
    memory.set(HEADER.TOP, top);
    return this.chunkAt(top * PAGE, 0, first);
  }

  private chunkAt(address: number, count: number, first: number): Chunk {
    return { count, first, ...this.layout.rowsAt(address, this.pages * PAGE) };
  }

  private release(chunk: Chunk): void {
    const left = this.memory.get(HEADER.FREE_COUNT);
    this.free.reserve(left + 1)[left] = chunk.address;
    this.memory.set(HEADER.FREE_COUNT, left + 1);
  }

  private chunkOf(index: number): Chunk {
    const { near } = this;
    if (near && index >= near.first && index < near.first + near.count) return near;
    return (this.near = stretchWith(this.level, index));
  }
}
