import { EngineError } from '../model/engineError';
import { UsageError } from '../model/usageError';
import { CONTEXT_BYTES, CONTEXTS, SEEN_BASE } from './codes';
import { HEADER, PAGE, PAGES, TABLES } from './layout';
import { WebAssembly, type SharedMemory } from './webAssembly';

/** The search has no more room: it ends incomplete. */
export class OutOfMemory extends EngineError {}

/** The search would take more than it may: it ends incomplete. */
export class MemorySpent extends EngineError {}

const SMALLEST = 64;
/** Bytes of tables beyond which nothing more is learned: what is left is for states' cells and their values. */
const CROWDED = SEEN_BASE / 2;

/** Where tables lie: in the memory that the kernel reads, or each by itself where no kernel does (`ownRoom.ts`). */
export interface Room {
  /** So many zeros. Throws `OutOfMemory`. */
  take(words: number): Int32Array;
  /** What `take` gave is used no more. */
  giveBack(words: Int32Array): void;
  /** A field of the kernel's header tells where a table is. */
  point(field: number, words: Int32Array): void;
}

/**
 * The memory that the kernel and the rest of the engine share, and all threads with them. All of its addresses exist
 * from the start; the system gives it pages as they are written. See `layout.ts` for what stands where.
 */
export class Memory implements Room {
  readonly shared: SharedMemory;
  /** The header, and the contexts of threads, as words. */
  readonly header: Int32Array;
  /** All tables, as words. */
  readonly tables: Int32Array;
  private end = TABLES;
  private readonly freed = new Map<number, number[]>();

  /** Throws `UsageError` where the process may not have so many addresses. */
  constructor() {
    this.shared = addresses();
    this.header = new Int32Array(this.shared.buffer, 0, TABLES >> 2);
    this.tables = new Int32Array(this.shared.buffer, 0, SEEN_BASE >> 2);
    this.set(HEADER.TOP, PAGES);
  }

  get buffer(): SharedArrayBuffer {
    return this.shared.buffer;
  }

  /** A word of the header. */
  get(field: number): number {
    return this.header[field >> 2] as number;
  }

  set(field: number, value: number): void {
    this.header[field >> 2] = value;
  }

  /** The context of a thread, as words. */
  context(thread: number): Int32Array {
    return new Int32Array(this.buffer, CONTEXTS + thread * CONTEXT_BYTES, CONTEXT_BYTES >> 2);
  }

  /** The address of at least `bytes` zeros among the tables, aligned to 8. Throws `OutOfMemory`. */
  allocate(bytes: number): number {
    const size = sizeFor(bytes);
    const again = this.freed.get(size)?.pop();
    if (again !== undefined) {
      this.words(again, size >> 2).fill(0);
      return again;
    }
    const at = this.end;
    if (at + size > SEEN_BASE) throw new OutOfMemory('the tables of what was learned are full');
    this.end += size;
    return at;
  }

  /** Gives back what `allocate` gave for that many bytes. */
  free(address: number, bytes: number): void {
    const size = sizeFor(bytes);
    const list = this.freed.get(size);
    if (list) list.push(address);
    else this.freed.set(size, [address]);
  }

  take(words: number): Int32Array {
    return this.words(this.allocate(words * 4), words);
  }

  giveBack(words: Int32Array): void {
    this.free(words.byteOffset, words.byteLength);
  }

  point(field: number, words: Int32Array): void {
    this.set(field, words.byteOffset);
  }

  /** A stretch of it as words. */
  words(address: number, length: number): Int32Array {
    return new Int32Array(this.buffer, address, length);
  }

  /** Whether so much has been learned that no more should be. */
  get crowded(): boolean {
    return this.end > CROWDED;
  }

  /** Bytes of tables in use. */
  get tableBytes(): number {
    return this.end;
  }

  /** Bytes of chunks in use or in reserve. */
  get chunkBytes(): number {
    return (PAGES - this.get(HEADER.TOP)) * PAGE;
  }
}

/** A growing array of words, zeros at first. Its address stands in the header for the kernel. */
export class Table {
  /** Replaced when it grows: read it anew after `reserve`. */
  words: Int32Array;

  constructor(
    private readonly room: Room,
    private readonly field: number | undefined,
    length: number,
  ) {
    this.words = room.take(length);
    this.publish();
  }

  get address(): number {
    return this.words.byteOffset;
  }

  /** Makes it at least `length` words long. */
  reserve(length: number): Int32Array {
    if (length <= this.words.length) return this.words;
    const old = this.words;
    this.words = this.room.take(Math.max(length, old.length * 2));
    this.words.set(old);
    this.room.giveBack(old);
    this.publish();
    return this.words;
  }

  private publish(): void {
    if (this.field !== undefined) this.room.point(this.field, this.words);
  }
}

function addresses(): SharedMemory {
  try {
    return new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  } catch (error) {
    throw new UsageError(
      `this process is not given the addresses that a search lays its tables out in, some 10 GB, of which it takes only what it fills (${(error as Error).message}); lift the limit on its address space (ulimit -v)`,
    );
  }
}

/** Sizes go up by powers of two, so that what is freed fits again. */
function sizeFor(bytes: number): number {
  return bytes <= SMALLEST ? SMALLEST : 2 ** Math.ceil(Math.log2(bytes));
}
