import { LIST } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import type { Event } from '../learn/session';
import type { Learner } from '../learn/learner';

/** What a predicate has read so far: cells, and places of which it has looked at all entries. */
export class Reads {
  readonly cells = new Set<number>();
  private readonly wholes = new Set<number>();

  /** Notes what a run of the predicate read; true where some of that is new. */
  note(events: readonly Event[]): boolean {
    const before = this.cells.size + this.wholes.size;
    for (const { kind, place } of events) (kind === 'read' ? this.cells : this.wholes).add(place.cell);
    return this.cells.size + this.wholes.size > before;
  }

  /** Whether the predicate may have read a cell; `parent` is that of its place. */
  has(cell: number, parent: number | undefined): boolean {
    return this.cells.has(cell) || (parent !== undefined && this.wholes.has(parent));
  }
}

/** A predicate whose answer a step changes only where it writes what the predicate reads. */
export interface Asked {
  readonly reads: Reads;
  /** Whether it is asked after every step, whatever that writes. */
  readonly always: boolean;
}

/** Indices of the predicates to ask after a step. */
export interface ToAsk {
  readonly judges: Int32Array;
  readonly stepJudges: Int32Array;
}

/** Which predicates are to be asked after each step; for the kernel, too, as `LIST` of its layout has it. */
export class Affected {
  /** Those about single states, and those about steps. */
  readonly judges: Asked[] = [];
  readonly stepJudges: Asked[] = [];
  private readonly bySteps: (ToAsk | undefined)[] = [];
  /** By what is in them. */
  private readonly lists = new Map<string, ToAsk & { readonly address: number }>();

  constructor(
    private readonly learner: Learner,
    private readonly memory: Memory,
  ) {
    learner.leaves.onPatch = (step) => this.forget(step);
  }

  /** The predicates to ask after a learned step. */
  by(step: number): ToAsk {
    const known = this.bySteps[step];
    if (known !== undefined) return known;
    const { leaves, cells } = this.learner;
    const written = leaves.writesOf(step).map(([cell]) => [cell, cells.places[cell]?.parent?.cell] as const);
    const among = (asked: readonly Asked[]): number[] =>
      asked.flatMap(({ always, reads }, index) =>
        always || written.some(([cell, parent]) => reads.has(cell, parent)) ? [index] : [],
      );
    const list = this.listOf(among(this.judges), among(this.stepJudges));
    leaves.setAffected(step, list.address);
    return (this.bySteps[step] = list);
  }

  /** Finds out for every step. */
  considerAll(): void {
    for (let step = 0; step < this.learner.leaves.stepCount; step++) this.by(step);
  }

  /** A predicate reads more than was known, or is always to be asked: any step may now affect it. */
  forgetAll(): void {
    this.bySteps.forEach((known, step) => known && this.forget(step));
  }

  private forget(step: number): void {
    this.bySteps[step] = undefined;
    this.learner.leaves.setAffected(step, 0);
  }

  private listOf(judges: readonly number[], stepJudges: readonly number[]) {
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
