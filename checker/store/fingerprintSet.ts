import { SEEN_BASE, SEEN_SLACK } from '../kernel/codes';
import { CONTEXT, HEADER, PAGE } from '../kernel/layout';
import type { Kernel } from '../kernel/kernel';
import { OutOfMemory, type Memory } from '../kernel/memory';
import { InternalError } from '../model/engineError';
import type { SeenStates } from './seenStates';
import type { NewStates } from './standing';

const LOAD = 0.75;
const GROWTH = 1.5;
const FIRST_ROOM = 1 << 14;
/** From this many slots on the table no longer fits into a core's own caches, and touching slots early pays. */
const LARGE = 1 << 16;
/** What goes below its old slot when the table grows has to wait; more of it than this is never seen. */
const SPARE = 1 << 14;
/** Slots that are worth waking other threads for. */
const WORTH_SHARING = 1 << 15;
/** Bytes that the system gives at a time. */
const SYSTEM_PAGE = 1 << 12;

/**
 * Has several threads move what is in some slots to where it belongs by now: slot `n` to `placeOf(n)` or thereabouts,
 * from where on there must be room. Gives the halves of fingerprints that didn't fit in there.
 */
export type Mover = (
  kernel: Kernel,
  from: number,
  to: number,
  placeOf: (slot: number) => number,
) => Promise<readonly Int32Array[]>;

/**
 * The set of 64-bit fingerprints of the states seen: open addressing, 8 bytes a slot, in the kernel's memory, where it
 * grows in place. A fingerprint belongs at the slot that is to all slots as its low half is to 2^32.
 */
export class FingerprintSet implements SeenStates {
  readonly inKernel = true;
  private room = FIRST_ROOM;
  private limit = Math.floor(FIRST_ROOM * LOAD);
  /** The context of the main thread: how many more may be added stands there. */
  private readonly context: Int32Array;

  constructor(
    private readonly memory: Memory,
    private readonly states: Pick<NewStates, 'kernel'>,
  ) {
    this.context = memory.context(0);
    this.context[CONTEXT.SEEN_LEFT >> 2] = this.limit;
    this.publish();
  }

  /** Whether it must grow before more is put in. */
  get full(): boolean {
    return (this.context[CONTEXT.SEEN_LEFT >> 2] as number) <= 0;
  }

  add(low: number, high: number): boolean {
    const added = this.states.kernel.addHalves(low, high);
    if (added < 0) throw new InternalError('the set of seen states has no room where a fingerprint belongs');
    if (added === 1) this.context[CONTEXT.SEEN_LEFT >> 2]!--;
    return added === 1;
  }

  /** Makes the table larger. Throws `OutOfMemory`. */
  grow(): void {
    const slots = this.room + SEEN_SLACK;
    this.widen();
    this.moveFirst(slots);
  }

  /** Does the same with several threads, which are told what to move. */
  async growTogether(move: Mover): Promise<void> {
    const { room } = this;
    const { kernel } = this.states;
    // What is in the last third of a table belongs above it when it has half as many slots more, and so on down.
    let slots = room + SEEN_SLACK;
    this.widen();
    this.touch(slots);
    const placeOf = (slot: number): number =>
      Math.min(Math.floor((slot * this.room) / room), this.room + SEEN_SLACK);
    const left: Int32Array[] = [];
    for (;;) {
      const from = Math.ceil((slots * room) / this.room);
      if (slots - from < WORTH_SHARING) break;
      left.push(...(await move(kernel, from, slots, placeOf)));
      slots = from;
    }
    this.moveFirst(slots);
    for (const halves of left)
      for (let k = 0; k < halves.length; k += 2) {
        const added = kernel.addHalves(halves[k] as number, halves[k + 1] as number);
        if (added !== 1) throw new InternalError('the set of seen states could not grow');
      }
  }

  /** More slots; what is in the old ones is to be moved. */
  private widen(): void {
    const larger = Math.ceil(this.room * GROWTH);
    if (SEEN_BASE + (larger + SEEN_SLACK) * 8 > this.memory.get(HEADER.TOP) * PAGE)
      throw new OutOfMemory('the set of seen states is full');
    const limit = Math.floor(larger * LOAD);
    this.context[CONTEXT.SEEN_LEFT >> 2]! += limit - this.limit;
    this.room = larger;
    this.limit = limit;
    this.publish();
    this.memory.set(HEADER.PREFETCH, Number(larger >= LARGE));
  }

  /** Has the system give the slots from one on memory: threads that ask for it side by side wait for each other. */
  private touch(slot: number): void {
    const words = this.memory.words(SEEN_BASE + slot * 8, (this.room + SEEN_SLACK - slot) * 2);
    for (let at = 0; at < words.length; at += SYSTEM_PAGE >> 2) words[at] = 0;
  }

  private moveFirst(slots: number): void {
    const spare = this.memory.allocate(SPARE * 8);
    if (!this.states.kernel.enlarge(slots, spare, SPARE))
      throw new InternalError('the set of seen states could not grow');
    this.memory.free(spare, SPARE * 8);
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

  /** Tells the kernel where the table ends, and keeps chunks of states off. */
  private publish(): void {
    this.memory.set(HEADER.SEEN_ROOM, this.room);
    this.memory.set(HEADER.SEEN_END, SEEN_BASE + this.bytes);
    this.memory.set(HEADER.FLOOR, Math.ceil((SEEN_BASE + this.bytes) / PAGE));
  }
}
