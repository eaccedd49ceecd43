import type { State } from '../model/model';
import { LazyStates } from '../model/stateObject';
import type { Place } from './cells';
import type { Learner } from './learner';
import type { ValueId } from '../value/values';
import { ABSENT, type RowAt } from './row';

const MOST_KEPT = 1 << 16;

/** The ids of the values of a state's variables, by the variables' indices. */
export type Ids = (variable: number) => ValueId;

/**
 * States as the plain search would show them: real Immutable values. Each variable is put together only
 * when it is read, and kept for the next state that has the same.
 */
export class PlainStates {
  private readonly states: LazyStates;
  private readonly kept: Map<string, ValueId>[];
  private readonly cellsOf: number[][];
  private met: { readonly at: RowAt; readonly ids: Ids } | undefined;

  constructor(private readonly learner: Learner) {
    const { variables } = learner.cells;
    this.states = new LazyStates(learner.evaluator.variables);
    this.kept = variables.map(() => new Map<string, ValueId>());
    this.cellsOf = variables.map((variable) => {
      const cells = [variable.cell];
      const collect = (place: Place): void =>
        place.children.forEach((child) => (cells.push(child.cell), collect(child)));
      collect(variable);
      variable.watchers.push((fresh) => cells.push(fresh.cell));
      return cells;
    });
  }

  /** The state of a row. It must be read before the row changes. */
  of(at: RowAt): State {
    return this.with(this.idsOf(at));
  }

  /** The state whose variables have the values of these ids. */
  with(ids: Ids): State {
    const { values } = this.learner.evaluator;
    return this.states.of((variable) => values.valueOf(ids(variable)));
  }

  /** The ids of the values that variables have in a row, each found out when it is asked for first. */
  idsOf(at: RowAt): Ids {
    const { met } = this;
    if (met && met.at.row === at.row && met.at.offset === at.offset) return met.ids;
    const known: ValueId[] = [];
    return (variable) => (known[variable] ??= this.idOf(at, variable));
  }

  /** Knows the ids of a row while something is done that changes it no more. */
  knowing<T>(at: RowAt, ids: Ids, body: () => T): T {
    this.met = { at, ids };
    try {
      return body();
    } finally {
      this.met = undefined;
    }
  }

  /** The id of the value that a variable has in a row. */
  idOf(at: RowAt, index: number): ValueId {
    const { cells } = this.learner;
    const variable = cells.variables[index] as Place;
    if (variable.whole) return this.learner.idAt(at, variable);
    const kept = this.kept[index] as Map<string, ValueId>;
    let key = '';
    let used = 0;
    for (const cell of this.cellsOf[index] as number[]) {
      const local = this.learner.valueAt(at, cell);
      key += String.fromCharCode(local & 0xffff, local >>> 16); // a char holds 16 bits of a wide row's 32
      if (local !== ABSENT) used = key.length;
    }
    key = key.slice(0, used); // cells that came later are absent in older rows: keys must not differ for that
    let id = kept.get(key);
    if (id === undefined) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, (id = this.learner.idAt(at, variable)));
    }
    return id;
  }
}
