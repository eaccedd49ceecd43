import { LIST } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import type { Event } from '../learn/session';
import type { Learner } from '../learn/learner';

/** The cells that a predicate has read so far: an object of the predicate's own, which stands for it. */
export type Reads = Set<number>;

/** A predicate whose answer a step changes only where it writes what the predicate reads. */
export interface Asked {
  readonly reads: Reads;
  /** Whether it is asked after every step, whatever that writes. */
  readonly always: boolean;
  /** Whether what is known of a step is enough to say that nothing has to be done about it. */
  foreseen(step: KnownOfStep): boolean;
}

/** What is known of all the states that a step leads out of, and of those that it leads to, by cell. */
export interface KnownOfStep {
  before(cell: number): number | undefined;
  after(cell: number): number | undefined;
}

/** Indices of the predicates to ask after a step. */
export interface ToAsk {
  readonly judges: Int32Array;
  readonly stepJudges: Int32Array;
}

/** The same, and where it stands for the kernel. */
interface Listed extends ToAsk {
  readonly address: number;
}

/** Which predicates are to be asked after each step; for the kernel, too, as `LIST` of its layout has it. */
export class Dependencies {
  /** Those about single states, and those about steps. */
  readonly judges: Asked[] = [];
  readonly stepJudges: Asked[] = [];
  private readonly bySteps: (ToAsk | undefined)[] = [];
  /** Steps by a cell that they write, and by the place that it is an entry of: all those in `bySteps`, and some more. */
  private readonly writers: (Set<number> | undefined)[] = [];
  private readonly writersBelow: (Set<number> | undefined)[] = [];
  /** What has read a cell, and what has looked at all entries of a place. */
  private readonly readers: (Set<Reads> | undefined)[] = [];
  private readonly readersOfAll: (Set<Reads> | undefined)[] = [];
  /** By what is in them. */
  private readonly lists = new Map<string, Listed>();
  private all: Listed | undefined;

  constructor(
    private readonly learner: Learner,
    private readonly memory: Memory,
  ) {}

  /** The predicates to ask after a learned step. */
  by(step: number): ToAsk {
    const { leaves, cells } = this.learner;
    const listed = this.bySteps[step];
    if (listed !== undefined && leaves.affectedBy(step) !== 0) return listed;
    const known = this.knownOf(step);
    const touched = new Set<Reads>();
    const touch = (reads: Reads): void => void touched.add(reads);
    for (const [cell] of leaves.writesOf(step)) {
      (this.writers[cell] ??= new Set()).add(step);
      this.readers[cell]?.forEach(touch);
      const parent = cells.places[cell]?.parent?.cell;
      if (parent === undefined) continue;
      (this.writersBelow[parent] ??= new Set()).add(step);
      this.readersOfAll[parent]?.forEach(touch);
    }
    const among = (asked: readonly Asked[]): number[] =>
      asked.flatMap((one, index) =>
        (one.always || touched.has(one.reads)) && !one.foreseen(known) ? [index] : [],
      );
    const list = this.listOf(among(this.judges), among(this.stepJudges));
    leaves.setAffected(step, list.address);
    return (this.bySteps[step] = list);
  }

  /** All predicates about single states. */
  get everyone(): Listed {
    if (this.all?.judges.length !== this.judges.length) this.all = this.listOf([...this.judges.keys()], []);
    return this.all;
  }

  /** Finds out for every step. */
  considerAll(): void {
    for (let step = 0; step < this.learner.leaves.stepCount; step++) this.by(step);
  }

  /** A predicate has been run. Steps that write what it had never read before may now affect it. */
  note(reads: Reads, events: readonly Event[]): void {
    for (const { kind, place } of events) {
      const { cell } = place;
      const [readers, writers] =
        kind === 'read' ? [this.readers, this.writers] : [this.readersOfAll, this.writersBelow];
      const known = (readers[cell] ??= new Set());
      if (known.has(reads)) continue;
      known.add(reads);
      if (kind === 'read') reads.add(cell);
      writers[cell]?.forEach((step) => this.forget(step));
    }
  }

  /** There is another predicate, or one is always to be asked: any step may now affect it. */
  forgetAll(): void {
    this.bySteps.forEach((known, step) => known && this.forget(step));
  }

  /** More is known of some predicates: they need no longer be asked after a step where that is enough to foresee it. */
  learned(asked: readonly Asked[], step: number): void {
    const known = this.knownOf(step);
    if (asked.some((one) => one.foreseen(known))) this.forget(step);
  }

  private knownOf(step: number): KnownOfStep {
    const { leaves } = this.learner;
    const facts = leaves.factsOf(step);
    const written = new Map(leaves.writesOf(step));
    return { before: (cell) => facts.get(cell), after: (cell) => written.get(cell) ?? facts.get(cell) };
  }

  private forget(step: number): void {
    this.bySteps[step] = undefined;
    this.learner.leaves.setAffected(step, 0);
  }

  private listOf(judges: readonly number[], stepJudges: readonly number[]): Listed {
    const key = `${judges.join(',')};${stepJudges.join(',')}`;
    let list = this.lists.get(key);
    if (list === undefined) {
      const first = LIST.ENTRIES >> 2;
      const second = first + judges.length;
      const length = second + stepJudges.length;
      const address = this.memory.allocate(length * 4);
      const words = this.memory.words(address, length);
      words[LIST.JUDGES >> 2] = judges.length;
      words[LIST.STEP_JUDGES >> 2] = stepJudges.length;
      words.set(judges, first);
      words.set(stepJudges, second);
      list = { address, judges: words.subarray(first, second), stepJudges: words.subarray(second) };
      this.lists.set(key, list);
    }
    return list;
  }
}
