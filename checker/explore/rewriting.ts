import type { Parameters } from '../../spec/index';
import { ABSENT, type Cells, type Place } from '../learn/cells';
import type { Learner, RowAt } from '../learn/learner';
import { writesOf, type StepWrites } from '../learn/leaves';
import type { Ids } from '../learn/plainState';
import { UNCHANGED, type Row } from '../model/evaluator';
import type { ModelAction, State } from '../model/model';
import type { ValueId } from '../value/values';

/** The state being expanded: its number, its row, and what its variables are. */
export interface From {
  readonly number: number;
  readonly at: RowAt;
  readonly ids: Ids;
  readonly state: State;
}

/** What an effect's changes make of a row. */
export interface Rewriting {
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

export function rewritingOf(learner: Learner): Rewriting {
  return learner.cells.whole ? new OfWholes(learner) : new OfCells(learner);
}

/** Of variables that are taken apart: their new values are, too. */
class OfCells implements Rewriting {
  low = 0;
  high = 0;
  private writes: StepWrites['writes'] = [];

  constructor(private readonly learner: Learner) {}

  read(changes: object, { at, state }: From, action: ModelAction, parameters: Parameters): void {
    const { learner } = this;
    const { cells, evaluator } = learner;
    try {
      this.writes = writesOf(cells, changes, evaluator.variables).writes;
    } catch (error) {
      evaluator.changed(changes, state, action, parameters);
      throw error;
    }
    this.low = this.high = 0;
    for (const [cell, local] of this.writes) {
      const before = learner.valueAt(at, cell);
      if (before === local) continue;
      this.low ^= cells.halfOf(cell, before, 0) ^ cells.halfOf(cell, local, 0);
      this.high ^= cells.halfOf(cell, before, 1) ^ cells.halfOf(cell, local, 1);
    }
  }

  write({ row, offset }: RowAt): void {
    for (const [cell, local] of this.writes) row[offset + cell] = local;
  }

  after(): undefined {
    return undefined;
  }
}

/** Of variables that are a cell each. */
class OfWholes implements Rewriting {
  low = 0;
  high = 0;
  private readonly cells: Cells;
  private changed: Row = [];
  /** By variable: its new local value, or `ABSENT` where it stays as it is. */
  private readonly locals: Uint32Array;

  constructor(private readonly learner: Learner) {
    this.cells = learner.cells;
    this.locals = new Uint32Array(this.cells.variables.length);
  }

  read(changes: object, { at, state }: From, action: ModelAction, parameters: Parameters): void {
    const { learner, cells, locals } = this;
    const changed = (this.changed = learner.evaluator.changed(changes, state, action, parameters));
    this.low = this.high = 0;
    for (let variable = 0; variable < locals.length; variable++) {
      locals[variable] = ABSENT;
      const id = changed[variable] as ValueId;
      if (id === UNCHANGED) continue;
      const place = cells.variables[variable] as Place;
      const { cell } = place;
      const before = learner.valueAt(at, cell);
      const local = (locals[variable] = cells.localOf(place, id));
      if (local === before) continue;
      this.low ^= cells.halfOf(cell, before, 0) ^ cells.halfOf(cell, local, 0);
      this.high ^= cells.halfOf(cell, before, 1) ^ cells.halfOf(cell, local, 1);
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
