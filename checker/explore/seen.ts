import { CONTEXT, HEADER, PAGE, SEEN_BASE, SEEN_SLACK } from '../kernel/layout';
import type { Kernel } from '../kernel/kernel';
import { OutOfMemory, type Memory } from '../kernel/memory';
import { InternalError } from '../learn/internalError';

const LOAD = 0.75;
const GROWTH = 1.5;
const FIRST_ROOM = 1 << 14;
/** From this many slots on the table no longer fits into a core's own caches, and touching slots early pays. */
const LARGE = 1 << 16;
/** What goes below its old slot when the table grows has to wait; more of it than this is never seen. */
const SPARE = 1 << 14;

/**
 * The set of 64-bit fingerprints of the states seen: open addressing, 8 bytes a slot, in the kernel's memory, where it
 * grows in place. A fingerprint belongs at the slot that is to all slots as its low half is to 2^32.
 */
export class Seen {
  private room = FIRST_ROOM;
  private limit = Math.floor(FIRST_ROOM * LOAD);

  constructor(
    private readonly memory: Memory,
    /** The context of the main thread: how many more may be added stands there. */
    private readonly context: Int32Array,
  ) {
    memory.set(HEADER.SEEN_ROOM, this.room);
    memory.set(HEADER.SEEN_END, SEEN_BASE + (this.room + SEEN_SLACK) * 8);
    context[CONTEXT.SEEN_LEFT >> 2] = this.limit;
    this.fence();
  }

  /** Whether it must grow before more is put in. */
  get full(): boolean {
    return (this.context[CONTEXT.SEEN_LEFT >> 2] as number) <= 0;
  }

  /** Puts a fingerprint in; false where it was there. */
  add(kernel: Kernel, low: number, high: number): boolean {
    const added = kernel.addHalves(low, high);
    if (added < 0) throw new InternalError('the set of seen states has no room where a fingerprint belongs');
    if (added === 1) this.context[CONTEXT.SEEN_LEFT >> 2]!--;
    return added === 1;
  }

  /** Makes the table larger. Throws `OutOfMemory`. */
  grow(kernel: Kernel): void {
    const larger = Math.ceil(this.room * GROWTH);
    if (SEEN_BASE + (larger + SEEN_SLACK) * 8 > this.memory.get(HEADER.TOP) * PAGE)
      throw new OutOfMemory('the set of seen states is full');
    const spare = this.memory.allocate(SPARE * 8);
    if (!kernel.enlarge(this.room, larger, spare, SPARE))
      throw new InternalError('the set of seen states could not grow');
    this.memory.free(spare, SPARE * 8);
    const limit = Math.floor(larger * LOAD);
    this.context[CONTEXT.SEEN_LEFT >> 2]! += limit - this.limit;
    this.room = larger;
    this.limit = limit;
    this.memory.set(HEADER.PREFETCH, Number(larger >= LARGE));
    this.fence();
  }

  /** Whether so few more may be added that it had better grow before several threads share them. */
  get crowded(): boolean {
    return (this.context[CONTEXT.SEEN_LEFT >> 2] as number) < this.limit / 8;
  }

  /** Bytes it would take if it grew. */
  get nextBytes(): number {
    return (Math.ceil(this.room * GROWTH) + SEEN_SLACK) * 8;
  }

  /** Bytes it takes. */
  get bytes(): number {
    return (this.room + SEEN_SLACK) * 8;
  }

  /** Keeps chunks of states off. */
  private fence(): void {
    this.memory.set(HEADER.FLOOR, Math.ceil((SEEN_BASE + this.bytes) / PAGE));
  }
}
