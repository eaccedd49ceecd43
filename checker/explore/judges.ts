import { grown, type CellRow, type Cells } from '../learn/cells';
import { TRUE, type Learned, type Learner, type RowAt } from '../learn/learner';
import type { Leaves } from '../learn/leaves';
import type { Place as FaultPlace } from '../model/fault';
import type { State } from '../model/model';
import { FallBack } from './fallBack';

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
 * that writes nothing the predicate has ever read; so only a few need to be walked after each step.
 */
export class Judges {
  readonly all: Judge[] = [];
  /** Raised whenever what a judge reads, or what a step writes, has grown. */
  private version = 0;
  private readonly affected: (Int32Array | undefined)[] = [];
  private versions = new Int32Array(64);

  constructor(
    private readonly learner: Learner,
    private readonly plainState: (at: RowAt) => State,
    private readonly copied: (at: RowAt) => RowAt,
  ) {
    learner.leaves.onPatch = (step) => (this.affected[step] = undefined);
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
    this.all.push(judge);
    this.version++;
    return judge;
  }

  /** Indices of all judges. */
  get everyone(): Int32Array {
    return Int32Array.from(this.all.keys());
  }

  /** The property has been settled. */
  close(name: string): void {
    for (const judge of this.all)
      if (judge.name === name && judge.place.part !== 'constraint') judge.closed = true;
  }

  /** Indices of the judges whose answer a step may have changed. */
  affectedBy(step: number): Int32Array {
    this.versions = grown(this.versions, step + 1);
    const known = this.affected[step];
    if (known !== undefined && this.versions[step] === this.version) return known;
    const { leaves, cells } = this.learner;
    const written = writtenCells(leaves, step);
    const found = this.all.flatMap((judge, index) => (mayAffect(judge, written, cells) ? [index] : []));
    this.versions[step] = this.version;
    return (this.affected[step] = Int32Array.from(found));
  }

  /** A judge's answer about a row. `visits` counts states, to measure how often it has to be asked. */
  ask(judge: Judge, row: CellRow, offset: number, width: number, visits: number): boolean {
    if (!judge.fallBack.direct) {
      const { tries } = this.learner;
      const pointer = tries.walk(tries.words[judge.root] as number, row, offset);
      if (pointer !== 0) return pointer === -TRUE;
      const learned = this.learner.learnPredicate(
        judge.root,
        this.copied({ row, offset, width }),
        judge.holds,
      );
      if (typeof learned === 'object') {
        this.noteReads(judge, learned);
        if (judge.fallBack.miss(visits)) this.version++;
        return learned.leaf === TRUE;
      }
      judge.fallBack.give(learned);
      this.version++;
    }
    return judge.holds(this.plainState(this.copied({ row, offset, width })));
  }

  private noteReads(judge: Judge, { events }: Exclude<Learned, string>): void {
    const before = judge.cells.size + judge.wholes.size;
    for (const { kind, place } of events) (kind === 'read' ? judge.cells : judge.wholes).add(place.cell);
    if (judge.cells.size + judge.wholes.size > before) this.version++;
  }
}

function writtenCells(leaves: Leaves, step: number): number[] {
  const written: number[] = [];
  for (let w = leaves.writeStart[step] as number; w < (leaves.writeEnd[step] as number); w += 2)
    written.push(leaves.writes[w] as number);
  return written;
}

function mayAffect(judge: Judge, written: readonly number[], cells: Cells): boolean {
  if (judge.fallBack.direct) return true;
  return written.some((cell) => {
    const parent = cells.places[cell]?.parent;
    return judge.cells.has(cell) || (parent && judge.wholes.has(parent.cell));
  });
}
