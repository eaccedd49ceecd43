import { CONTEXT, HEADER } from '../kernel/layout';
import { MemorySpent } from '../kernel/memory';
import type { Learner } from '../learn/learner';
import type { Counters } from '../kernel/counters';
import type { SeenStates } from '../store/seenStates';
import { StateSet } from '../store/stateSet';
import type { ExploreOptions, Limit } from '../exploration';
import type { Cursor } from '../store/cursor';
import { Predecessors } from '../store/predecessors';
import type { Properties } from '../property/properties';
import { MEGABYTE } from '../budget/memoryWatch';
import { FingerprintSet, type Mover } from '../store/fingerprintSet';

/** States, or new ones, without end. */
const UNLIMITED = 0x7fffffff;

/** What becomes of the state in the frontier's `outRow`: whether it is new, what is promised of it, whether it is kept. */
export class Admission {
  /** States outside the constraint that were judged here; the kernel counts its own. */
  private outsideHere = 0;
  private readonly fingerprintSet: FingerprintSet;
  /** That, or another where whole states are compared. */
  private readonly seen: SeenStates;
  private readonly context: Int32Array;

  constructor(
    private readonly learner: Learner,
    private readonly cursor: Cursor,
    readonly properties: Properties,
    readonly counters: Counters,
    private readonly options: ExploreOptions,
  ) {
    const { memory } = learner;
    this.context = memory.context(0);
    // The kernel looks fingerprints up in any case.
    this.fingerprintSet = new FingerprintSet(memory, cursor.frontier);
    this.seen = options.exact ? new StateSet(cursor.frontier) : this.fingerprintSet;
    memory.set(HEADER.EXACT, Number(this.seen.exact));
    this.context[CONTEXT.LEFT >> 2] = Math.min(options.maxStates ?? UNLIMITED, UNLIMITED);
    this.judgeAll();
  }

  /** Whether whole states are compared. */
  get exact(): boolean {
    return this.seen.exact;
  }

  /** Puts the state into the set of seen ones; false where it was there. */
  add(low: number, high: number): boolean {
    if (this.seen.full) this.grow();
    return this.seen.add(low, high);
  }

  /**
   * Judges the state, new and signed, and keeps it where it is inside the constraint. `step` led to it, where a learned
   * one did.
   */
  settle(step: number | undefined): Limit | undefined {
    const { context, cursor, learner } = this;
    const { frontier } = cursor;
    const { parent, edge } = frontier.signature;
    const room = (context[CONTEXT.LEFT >> 2] as number) > 0;
    const inside = this.properties.state(step, room, cursor.distinct);
    if (inside === null) return 'states';
    if (!inside) {
      this.outsideHere++;
      return undefined;
    }
    frontier.keep();
    context[CONTEXT.LEFT >> 2]!--;
    if (parent !== Predecessors.NO_PARENT) this.counters.find(learner.edgeAction[edge] as number);
    return undefined;
  }

  /** Makes the set of seen states larger. Throws `MemorySpent`, `OutOfMemory`. */
  grow(): void {
    this.requireMemory();
    this.fingerprintSet.grow();
  }

  /** Makes it larger where it had better be before several threads share it; they help. Throws as `grow`. */
  async growAhead(move: Mover): Promise<void> {
    if (!this.fingerprintSet.crowded) return;
    this.requireMemory();
    await this.fingerprintSet.growTogether(move);
  }

  private requireMemory(): void {
    const { maxMemory = Infinity } = this.options;
    if (this.tableBytes + this.fingerprintSet.nextBytes - this.fingerprintSet.bytes > maxMemory * MEGABYTE)
      throw new MemorySpent('the set of seen states may not grow');
  }

  /** The kernel is to hand every state over that it can't judge. */
  judgeAll(): void {
    this.context[CONTEXT.UNJUDGED_LEFT >> 2] = UNLIMITED;
  }

  /** States outside the constraint that the main thread found. */
  get outside(): number {
    return this.outsideHere + (this.context[CONTEXT.OUTSIDE >> 2] as number);
  }

  /** Bytes that seen states take: their share of the table. */
  get bytes(): number {
    return this.seen.bytes;
  }

  /** Bytes of the search outside of Node's heap. */
  get tableBytes(): number {
    return this.learner.memory.tableBytes + this.learner.memory.chunkBytes + this.fingerprintSet.bytes;
  }
}
