import { OUTCOME } from '../kernel/codes';
import { CONTEXT, HEADER, UNLIMITED } from '../kernel/layout';
import { MemorySpent } from '../kernel/memory';
import { InternalError } from '../model/engineError';
import type { RowAt } from '../learn/row';
import type { SeenStates } from '../store/seenStates';
import { StateSet } from '../store/stateSet';
import type { ExploreOptions, Limit } from '../exploration';
import { Predecessors } from '../store/predecessors';
import { MEGABYTE } from '../budget/memoryWatch';
import { FingerprintSet, type Mover } from '../store/fingerprintSet';
import type { LearnedSpec } from './learnedSpec';
import { OneByOne, type Taking } from './taking';

/** What becomes of the states that steps lead to, each in `outRow` as it comes. */
export interface Arrivals {
  /**
   * Whether it is one to go on with, by its fingerprint, or by all of it where `row` is asked for that. The edge is that of
   * the step; of an initial state, its index.
   */
  add(low: number, high: number, row: () => RowAt, edge: number): boolean;
  /** Goes on with it, signed; `step` led to it, where a learned one did. */
  settle(step: number | undefined): Limit | undefined;
  /** Does what the kernel lacks that is not about the spec. */
  answer(outcome: number): Limit | undefined;
}

/** Every state is judged once: whether it is new, what is promised of it, whether it is kept. */
export class Admission implements Arrivals {
  /** How the steps that the kernel finds are taken. */
  readonly taking: Taking;
  /** States outside the constraint that were judged here; the kernel counts its own. */
  private outsideHere = 0;
  private readonly fingerprintSet: FingerprintSet;
  /** That, or another where whole states are compared. */
  private readonly seen: SeenStates;
  private readonly context: Int32Array;

  constructor(
    private readonly spec: LearnedSpec,
    private readonly options: ExploreOptions,
  ) {
    const { memory, position } = spec;
    this.context = memory.context(0);
    this.fingerprintSet = new FingerprintSet(memory, position.out); // the kernel knows it in any case
    this.seen = options.exact ? new StateSet() : this.fingerprintSet;
    this.taking = this.seen.inKernel ? { take: () => this.takeInKernel() } : new OneByOne(spec, this);
    memory.set(HEADER.EXACT, Number(!this.seen.inKernel));
    this.context[CONTEXT.LEFT >> 2] = Math.min(options.maxStates ?? UNLIMITED, UNLIMITED);
    this.judgeAll();
  }

  /** Whether the kernel takes steps out of many states in a row. */
  get inKernel(): boolean {
    return this.seen.inKernel;
  }

  /** Puts the state into the set of seen ones; false where it was there. */
  add(low: number, high: number, row: () => RowAt): boolean {
    if (this.seen.full) this.grow();
    return this.seen.add(low, high, row);
  }

  /** Judges the state, new and signed, and keeps it where it is inside the constraint. */
  settle(step: number | undefined): Limit | undefined {
    const { context, spec } = this;
    const { out } = spec.position;
    const { parent, edge } = out.signature;
    const room = (context[CONTEXT.LEFT >> 2] as number) > 0;
    const inside = spec.judge(step, room);
    if (inside === null) return 'states';
    if (!inside) {
      this.outsideHere++;
      return undefined;
    }
    out.keep();
    context[CONTEXT.LEFT >> 2]!--;
    if (parent !== Predecessors.NO_PARENT) spec.counters.find(spec.learner.edgeAction[edge] as number);
    return undefined;
  }

  answer(outcome: number): Limit | undefined {
    switch (outcome) {
      case OUTCOME.CROWDED:
        this.grow();
        return undefined;
      case OUTCOME.JUDGE:
        return this.settle(this.spec.learner.leaves.stepAt(this.context[CONTEXT.STEP >> 2] as number));
      case OUTCOME.FULL:
        this.spec.position.out.turnOver();
        return undefined;
      default:
        throw new InternalError(`the kernel cannot go on: ${outcome}`);
    }
  }

  /** Makes it larger where it had better be before several threads share it; they help. Throws as `grow`. */
  async growAhead(move: Mover): Promise<void> {
    if (!this.fingerprintSet.crowded) return;
    this.requireMemory();
    await this.fingerprintSet.growTogether(move);
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
    const { memory } = this.spec;
    return memory.tableBytes + memory.chunkBytes + this.fingerprintSet.bytes;
  }

  private takeInKernel(): Limit | undefined {
    for (let outcome = this.spec.take(); outcome !== OUTCOME.DONE; outcome = this.spec.take()) {
      const limit = this.answer(outcome);
      if (limit) return limit;
    }
    return undefined;
  }

  /** Makes the set of seen states larger. Throws `MemorySpent`, `OutOfMemory`. */
  private grow(): void {
    this.requireMemory();
    this.fingerprintSet.grow();
  }

  private requireMemory(): void {
    const { maxMemory = Infinity } = this.options;
    if (this.tableBytes + this.fingerprintSet.nextBytes - this.fingerprintSet.bytes > maxMemory * MEGABYTE)
      throw new MemorySpent('the set of seen states may not grow');
  }
}
