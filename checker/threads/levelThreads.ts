import type { Kernel } from '../kernel/kernel';
import { MOST_FILLED, OUTCOME, SEEN_BASE } from '../kernel/codes';
import { CONTEXT, FILLED, FOUND, GATHERED, HEADER, MAIN, RANGE, UNJUDGED_STATE } from '../kernel/layout';
import { OutOfMemory, Table, type Memory } from '../kernel/memory';
import type { Threads } from './workers';
import { InternalError } from '../model/engineError';
import { countOf, type Stretch } from '../store/agenda';
import type { Frontier, LooseState } from '../store/frontier';

/** Lengths of the lists that a thread may fill in one phase. */
const MOST_PUT_OFF = 1 << 8;
const MOST_UNJUDGED = 1 << 12;
const MOST_STEPS = 1 << 12;
/** Ranges a thread in a phase, at least: the last ones even out. */
const RANGES_EACH = 8;
const LEAST_RANGE = 16;
const RANGE_WORDS = RANGE.BYTES >> 2;

/** What a phase left for the main thread. */
export interface Leftover {
  /** States that need something learned first. */
  readonly putOff: readonly number[];
  /** States that no thread came to. */
  readonly untouched: readonly Stretch[];
  /** New states that were not judged, and the addresses of the steps that led to them. */
  readonly unjudged: readonly { readonly state: LooseState; readonly step: number }[];
}

/** What the main thread does while others are at work. It may change no table, and must not take longer than they do. */
export type BesideOthers = (states: number) => void;

/**
 * Expands states in several threads at once, in phases: within one, nothing is learned and no table grows. Whatever
 * a thread finds it can't do it puts off, and the main thread does it between phases.
 */
export class LevelThreads {
  private readonly contexts: Int32Array[];
  private readonly ranges: Table;
  private readonly threads: Threads;
  private leavesRoom: number[];

  constructor(
    private readonly memory: Memory,
    private readonly frontier: Frontier,
    count: number,
  ) {
    // Loaded where several threads are asked for.
    const threads = require('./workers') as typeof import('./workers');
    this.threads = new threads.Threads(memory, count - 1);
    this.ranges = new Table(memory, HEADER.RANGES, 256);
    this.contexts = Array.from({ length: count }, (_, thread) => memory.context(thread));
    this.leavesRoom = this.contexts.map(() => 0);
    this.contexts.forEach((context, thread) => {
      const put = (field: number, bytes: number) => (context[field >> 2] = memory.allocate(bytes));
      put(CONTEXT.PUT_OFF, MOST_PUT_OFF * 4);
      context[CONTEXT.PUT_OFF_ROOM >> 2] = MOST_PUT_OFF;
      put(CONTEXT.UNJUDGED, MOST_UNJUDGED * UNJUDGED_STATE.BYTES);
      put(CONTEXT.FILLED, MOST_FILLED * FILLED.BYTES);
      if (thread === 0) return;
      put(CONTEXT.FOUND, MOST_STEPS * FOUND.BYTES);
      context[CONTEXT.FOUND_ROOM >> 2] = MOST_STEPS;
    });
    this.threads.attach(frontier.cellBytes);
  }

  /** Resolves when the other threads wait for work. Rejects with `WorkerDied`. */
  ready(): Promise<void> {
    return this.threads.whenReady();
  }

  /** States outside the constraint that the other threads found. */
  get outside(): number {
    return this.others.reduce((sum, context) => sum + (context[CONTEXT.OUTSIDE >> 2] as number), 0);
  }

  /** The kernel is to be another one. */
  async renew(): Promise<void> {
    await this.threads.detach();
    this.threads.attach(this.frontier.cellBytes);
  }

  release(orderly: boolean): Promise<void> {
    return this.threads.release(orderly);
  }

  /**
   * Expands some states, of number `first` on. Leaves what it could not do, and every table as if one thread had
   * done it. `leavesRoom` is how many leaves may be gathered. The main thread joins in when it has done `ahead`.
   */
  async expand(
    kernel: Kernel,
    stretches: readonly Stretch[],
    first: number,
    leavesRoom: number,
    ahead: BesideOthers,
  ): Promise<Leftover> {
    this.prepare(stretches, first, leavesRoom);
    await this.run(kernel, () => ahead(countOf(stretches)));
    return this.collect(first);
  }

  /**
   * Moves what is in some slots of the set of seen states to where it belongs by now: slot `n` to `placeOf(n)` or
   * thereabouts, from where on there must be room. Gives the halves of fingerprints that didn't fit in there.
   */
  async move(
    kernel: Kernel,
    from: number,
    to: number,
    placeOf: (slot: number) => number,
  ): Promise<Int32Array[]> {
    const { memory, contexts } = this;
    const each = Math.ceil((to - from) / (contexts.length * RANGES_EACH));
    let count = 0;
    for (let slot = from; slot < to; slot += each, count++) {
      const end = Math.min(to, slot + each);
      const addresses = [slot, end, placeOf(slot), placeOf(end)].map((n) => SEEN_BASE + n * 8);
      this.ranges.reserve((count + 1) * RANGE_WORDS).set(addresses, count * RANGE_WORDS);
    }
    this.begin(count);
    for (const context of contexts) context[CONTEXT.FILLED_COUNT >> 2] = 0;
    memory.set(HEADER.MOVING, 1);
    await this.run(kernel);
    memory.set(HEADER.MOVING, 0);
    return contexts.map((context) => {
      const count = context[CONTEXT.FILLED_COUNT >> 2] as number;
      return memory.words(context[CONTEXT.FILLED >> 2] as number, count * 2).slice();
    });
  }

  /** Makes ranges ready to be taken. */
  private begin(ranges: number): void {
    this.memory.set(HEADER.RANGE_COUNT, ranges);
    for (const field of [HEADER.NEXT_RANGE, HEADER.STOP, HEADER.FAILED]) this.memory.set(field, 0);
  }

  /** Lets all threads take ranges until there are none. */
  private async run(kernel: Kernel, ahead?: () => void): Promise<void> {
    this.threads.start();
    ahead?.();
    kernel.work(MAIN);
    await this.threads.finished();
    const failed = this.memory.get(HEADER.FAILED);
    if (failed === OUTCOME.FULL) throw new OutOfMemory('there is no room for more states');
    if (failed !== 0) throw new InternalError(`a thread of the search could not go on: ${failed}`);
  }

  private get others(): readonly Int32Array[] {
    return this.contexts.slice(1);
  }

  private prepare(stretches: readonly Stretch[], first: number, leavesRoom: number): void {
    const { memory, contexts, frontier } = this;
    const main = contexts[0] as Int32Array;
    const states = countOf(stretches);
    const most = Math.max(LEAST_RANGE, Math.ceil(states / (contexts.length * RANGES_EACH)));
    let count = 0;
    for (const { from, to } of stretches)
      for (let at = from; at < to;) {
        const chunk = frontier.stretchFrom(at);
        const end = Math.min(to, chunk.end, at + most);
        this.ranges
          .reserve((count + 1) * RANGE_WORDS)
          .set(
            [chunk.address, at - chunk.first, end - chunk.first, first + chunk.first],
            count * RANGE_WORDS,
          );
        count++;
        at = end;
      }
    this.begin(count);
    for (const field of [CONTEXT.LEFT, CONTEXT.SEEN_LEFT]) {
      const total = main[field >> 2] as number;
      const share = Math.floor(total / contexts.length);
      for (const context of contexts) context[field >> 2] = share;
      main[field >> 2]! += total - share * contexts.length;
    }
    contexts.forEach((context, thread) => {
      for (const field of [CONTEXT.PUT_OFF_COUNT, CONTEXT.UNJUDGED_COUNT, CONTEXT.FILLED_COUNT])
        context[field >> 2] = 0;
      context[CONTEXT.UNJUDGED_LEFT >> 2] = MOST_UNJUDGED;
      if (thread === 0) return;
      // The first new state makes it take a chunk.
      context[CONTEXT.OUT >> 2] = 0;
      context[CONTEXT.OUT_COUNT >> 2] = memory.get(HEADER.CHUNK_ROOM);
      this.makeLeavesRoom(thread, leavesRoom);
    });
  }

  private collect(first: number): Leftover {
    const { memory, contexts, frontier } = this;
    memory.set(HEADER.FREE_COUNT, Math.max(0, memory.get(HEADER.FREE_COUNT)));
    const main = contexts[0] as Int32Array;
    const unjudged: { state: LooseState; step: number }[] = [];
    const putOff: number[] = [];
    for (const context of contexts) {
      const list = (field: number, count: number, bytes: number): Int32Array =>
        memory.words(context[field >> 2] as number, ((context[count >> 2] as number) * bytes) >> 2);
      for (const number of list(CONTEXT.PUT_OFF, CONTEXT.PUT_OFF_COUNT, 4)) putOff.push(number - first);
      const filled = list(CONTEXT.FILLED, CONTEXT.FILLED_COUNT, FILLED.BYTES);
      const chunks = new Map<number, number>();
      for (let k = 0; k < filled.length; k += FILLED.BYTES >> 2)
        chunks.set((filled[k] as number) >>> 0, filled[k + (FILLED.COUNT >> 2)] as number);
      const last = (context[CONTEXT.OUT >> 2] as number) >>> 0;
      chunks.set(last, context[CONTEXT.OUT_COUNT >> 2] as number);
      chunks.delete(0);
      const loose = list(CONTEXT.UNJUDGED, CONTEXT.UNJUDGED_COUNT, UNJUDGED_STATE.BYTES);
      // From the last: what fills the gap has been judged.
      const words = UNJUDGED_STATE.BYTES >> 2;
      for (let k = loose.length - words; k >= 0; k -= words) {
        const address = (loose[k] as number) >>> 0;
        const count = chunks.get(address) as number;
        const state = frontier.takeOut(address, loose[k + (UNJUDGED_STATE.INDEX >> 2)] as number, count);
        unjudged.push({ state, step: loose[k + (UNJUDGED_STATE.STEP >> 2)] as number });
        chunks.set(address, count - 1);
      }
      if (context === main) {
        context[CONTEXT.OUT_COUNT >> 2] = chunks.get(last) as number;
        chunks.delete(last);
        frontier.mainTurnedTo(last, chunks);
      } else {
        for (const field of [CONTEXT.LEFT, CONTEXT.SEEN_LEFT]) {
          main[field >> 2]! += context[field >> 2] as number;
          context[field >> 2] = 0;
        }
        frontier.adopt(chunks);
      }
    }
    return { putOff: putOff.sort((a, b) => a - b), untouched: this.untouched(first), unjudged };
  }

  /** The ranges that were not expanded to their end. */
  private untouched(first: number): Stretch[] {
    const { words } = this.ranges;
    const left: Stretch[] = [];
    for (let k = 0; k < this.memory.get(HEADER.RANGE_COUNT); k++) {
      const [, from, to, number] = words.subarray(k * RANGE_WORDS, (k + 1) * RANGE_WORDS);
      const index = (number as number) - first;
      if ((from as number) < (to as number))
        left.push({ from: index + (from as number), to: index + (to as number) });
    }
    return left;
  }

  private makeLeavesRoom(thread: number, room: number): void {
    const context = this.contexts[thread] as Int32Array;
    const before = this.leavesRoom[thread] as number;
    if (room <= before) return;
    if (before > 0) this.memory.free(context[CONTEXT.LEAVES >> 2] as number, before * GATHERED.BYTES);
    context[CONTEXT.LEAVES >> 2] = this.memory.allocate(room * GATHERED.BYTES);
    this.leavesRoom[thread] = room;
  }
}
