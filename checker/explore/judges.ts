import { HEADER, JUDGE, JUDGE_KIND } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import type { Cells } from '../learn/cells';
import { TRUE, type Learned, type Learner, type RowAt } from '../learn/learner';
import type { Place as FaultPlace } from '../model/fault';
import type { State } from '../model/model';
import { FallBack, TOO_MUCH } from './fallBack';

const JUDGE_WORDS = JUDGE.BYTES >> 2;
const LIST_WORDS = 2;

/** A predicate of the spec's over single states: learned, or called where that does not pay. */
export interface Judge {
  /** The property's name; several judges share one where the property has ranges. */
  readonly name: string;
  readonly place: FaultPlace;
  readonly root: number;
  readonly holds: (state: State) => boolean;
  /** Cells it has read, and places of which it has looked at all entries. */
  readonly cells: Set<number>;
  readonly wholes: Set<number>;
  readonly fallBack: FallBack;
  /** The answer that settles the property: true for a reachable one, false for an invariant. */
  readonly awaited: boolean;
  /** Settled: no need to ask any more. */
  closed: boolean;
}

/**
 * The predicates that every new state is put to. A predicate that holds in a state also holds after a step
 * that writes nothing the predicate has ever read; so only a few need to be walked after each step. What is
 * known of them stands in tables for the kernel.
 */
export class Judges {
  readonly all: Judge[] = [];
  /** Indices of all. */
  everyone = new Int32Array(0);
  /** As `JUDGE` of the kernel's layout has them. */
  private readonly table: Table;
  /** Lists of judges by what is in them: [length, -, indices]. */
  private readonly lists = new Map<string, { readonly address: number; readonly judges: Int32Array }>();
  private readonly affected: (Int32Array | undefined)[] = [];

  constructor(
    private readonly learner: Learner,
    private readonly memory: Memory,
    private readonly plainState: (at: RowAt) => State,
    private readonly copied: (at: RowAt) => RowAt,
  ) {
    this.table = new Table(memory, HEADER.JUDGES, 64);
    learner.leaves.onPatch = (step) => this.forget(step);
  }

  /** Adds a predicate; its index is its place in `all`. */
  add(place: FaultPlace, holds: (state: State) => boolean): Judge {
    const judge: Judge = {
      name: place.name,
      place,
      root: this.learner.tries.root(),
      holds: (state) => this.learner.evaluator.predicate(place, state, () => holds(state)),
      cells: new Set(),
      wholes: new Set(),
      fallBack: new FallBack(1),
      awaited: place.part === 'reachable',
      closed: false,
    };
    const index = this.all.push(judge) - 1;
    this.everyone = Int32Array.from(this.all.keys());
    this.table.reserve(this.all.length * JUDGE_WORDS)[index * JUDGE_WORDS + (JUDGE.ROOT >> 2)] = judge.root;
    this.publish(judge);
    this.forgetAll();
    return judge;
  }

  /** The property has been settled. */
  close(name: string): void {
    for (const judge of this.all)
      if (judge.name === name && judge.place.part !== 'constraint') {
        judge.closed = true;
        this.publish(judge);
      }
  }

  /** Indices of the judges whose answer a step may have changed. */
  affectedBy(step: number): Int32Array {
    const known = this.affected[step];
    if (known !== undefined) return known;
    const { leaves, cells } = this.learner;
    const written = leaves.writesOf(step).map(([cell]) => cell);
    const found = this.all.flatMap((judge, index) => (mayAffect(judge, written, cells) ? [index] : []));
    const { address, judges } = this.listOf(found);
    leaves.setAffected(step, address);
    return (this.affected[step] = judges);
  }

  /** Finds out for every step which judges it may affect. */
  considerAll(): void {
    for (let step = 0; step < this.learner.leaves.stepCount; step++) this.affectedBy(step);
  }

  /** A judge's answer about a row. `visits` counts states, to measure how often it has to be asked. */
  ask(judge: Judge, { row, offset, width }: RowAt, visits: number): boolean {
    const { tries } = this.learner;
    if (!judge.fallBack.direct) {
      const pointer = tries.walk(tries.words[judge.root] as number, row, offset);
      if (pointer !== 0) return pointer === -TRUE;
    }
    const at = this.copied({ row, offset, width });
    if (!judge.fallBack.direct) {
      const learned = this.memory.crowded
        ? TOO_MUCH
        : this.learner.learnPredicate(judge.root, at, judge.holds);
      if (typeof learned === 'object') {
        this.noteReads(judge, learned);
        if (judge.fallBack.miss(visits)) this.giveUp(judge);
        return learned.leaf === TRUE;
      }
      judge.fallBack.give(learned);
      this.giveUp(judge);
    }
    return judge.holds(this.plainState(at));
  }

  private noteReads(judge: Judge, { events }: Exclude<Learned, string>): void {
    const before = judge.cells.size + judge.wholes.size;
    for (const { kind, place } of events) (kind === 'read' ? judge.cells : judge.wholes).add(place.cell);
    if (judge.cells.size + judge.wholes.size > before) this.forgetAll();
  }

  /** It is called from now on: about every state, since what it reads is no longer noted. */
  private giveUp(judge: Judge): void {
    this.publish(judge);
    this.forgetAll();
  }

  private publish(judge: Judge): void {
    const { closed, fallBack, place, awaited } = judge;
    const kind = closed
      ? JUDGE_KIND.CLOSED
      : fallBack.direct
        ? JUDGE_KIND.DIRECT
        : place.part === 'constraint'
          ? JUDGE_KIND.CONSTRAINT
          : awaited
            ? JUDGE_KIND.REACHABLE
            : JUDGE_KIND.INVARIANT;
    this.table.words[this.all.indexOf(judge) * JUDGE_WORDS + (JUDGE.KIND >> 2)] = kind;
  }

  private forget(step: number): void {
    this.affected[step] = undefined;
    this.learner.leaves.setAffected(step, 0);
  }

  /** What a judge reads has grown: any step may now affect it. */
  private forgetAll(): void {
    this.affected.forEach((known, step) => known && this.forget(step));
  }

  private listOf(found: readonly number[]): { readonly address: number; readonly judges: Int32Array } {
    const key = found.join(',');
    let list = this.lists.get(key);
    if (list === undefined) {
      const address = this.memory.allocate((LIST_WORDS + found.length) * 4);
      const words = this.memory.words(address, LIST_WORDS + found.length);
      words[0] = found.length;
      words.set(found, LIST_WORDS);
      this.lists.set(key, (list = { address, judges: words.subarray(LIST_WORDS) }));
    }
    return list;
  }
}

function mayAffect(judge: Judge, written: readonly number[], cells: Cells): boolean {
  if (judge.fallBack.direct) return true;
  return written.some((cell) => {
    const parent = cells.places[cell]?.parent;
    return judge.cells.has(cell) || (parent && judge.wholes.has(parent.cell));
  });
}
