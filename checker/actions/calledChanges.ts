import type { Parameters } from '../../spec/index';
import type { Cells, Place } from '../learn/cells';
import type { Learner } from '../learn/learner';
import { writesOf, type StepWrites } from '../learn/leaves';
import type { Ids } from '../learn/plainState';
import { UNCHANGED, type Row } from '../model/evaluator';
import type { ModelAction, State } from '../model/model';
import type { ValueId } from '../value/values';
import { ABSENT, type RowAt } from '../learn/row';

/** The state being expanded: its number, its row, its fingerprint, and what its variables are. */
export interface From {
  readonly number: number;
  readonly at: RowAt;
  readonly low: number;
  readonly high: number;
  readonly ids: Ids;
  readonly state: State;
}

/** What an effect's changes make of a row. */
export interface CalledChanges {
  /** What they do to its fingerprint. */
  readonly low: number;
  readonly high: number;
  /** Reads the changes of a step. Throws the `Fault` of changes that are none. */
  read(changes: object, from: From, action: ModelAction, parameters: Parameters): void;
  /** Writes them to a row that is as before. */
  write(to: RowAt): void;
  /** What variables are afterwards, where that is known without putting the row together. */
  after(from: From): Ids | undefined;
}

export function rewritingOf(learner: Learner): CalledChanges {
  return learner.cells.whole ? new OfWholes(learner) : new OfCells(learner);
}

/** What cells that get other values do to a fingerprint. */
class Difference {
  low = 0;
  high = 0;

  constructor(protected readonly learner: Learner) {}

  protected begin(): void {
    this.low = this.high = 0;
  }

  /** A cell of the row before gets a value, maybe the one it has. */
  protected put(at: RowAt, cell: number, local: number): void {
    const { cells } = this.learner;
    const before = this.learner.valueAt(at, cell);
    if (before === local) return;
    this.low ^= cells.halfOf(cell, before, 0) ^ cells.halfOf(cell, local, 0);
    this.high ^= cells.halfOf(cell, before, 1) ^ cells.halfOf(cell, local, 1);
  }
}

/** Of variables that are taken apart: their new values are, too. */
class OfCells extends Difference implements CalledChanges {
  private writes: StepWrites['writes'] = [];

  read(changes: object, { at, state }: From, action: ModelAction, parameters: Parameters): void {
    const { cells, evaluator } = this.learner;
    try {
      this.writes = writesOf(cells, changes, evaluator.variables).writes;
    } catch (error) {
      evaluator.changed(changes, state, action, parameters);
      throw error;
    }
    this.begin();
    for (const [cell, local] of this.writes) this.put(at, cell, local);
  }

  write({ row, offset }: RowAt): void {
    for (const [cell, local] of this.writes) row[offset + cell] = local;
  }

  after(): undefined {
    return undefined;
  }
}

/** Of variables that are a cell each. */
class OfWholes extends Difference implements CalledChanges {
  private readonly cells: Cells;
  private changed: Row = [];
  /** By variable: its new local value, or `ABSENT` where it stays as it is. */
  private readonly locals: Uint32Array;

  constructor(learner: Learner) {
    super(learner);
    this.cells = learner.cells;
    this.locals = new Uint32Array(this.cells.variables.length);
  }

  read(changes: object, { at, state }: From, action: ModelAction, parameters: Parameters): void {
    const { learner, cells, locals } = this;
    const changed = (this.changed = learner.evaluator.changed(changes, state, action, parameters));
    this.begin();
    for (let variable = 0; variable < locals.length; variable++) {
      locals[variable] = ABSENT;
      const id = changed[variable] as ValueId;
      if (id === UNCHANGED) continue;
      const place = cells.variables[variable] as Place;
      this.put(at, place.cell, (locals[variable] = cells.localOf(place, id)));
    }
  }

  write({ row, offset }: RowAt): void {
    const { cells, locals } = this;
    for (let variable = 0; variable < locals.length; variable++) {
      const local = locals[variable] as number;
      if (local !== ABSENT) row[offset + (cells.variables[variable] as Place).cell] = local;
    }
  }

  after({ ids }: From): Ids {
    const { changed } = this;
    return (variable) => {
      const id = changed[variable] as ValueId;
      return id === UNCHANGED ? ids(variable) : id;
    };
  }
}
