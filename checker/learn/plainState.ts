import type { State } from '../model/model';
import { stateHandler } from '../model/stateObject';
import type { Place } from './cells';
import type { Learner, RowAt } from './learner';
import type { ValueId } from '../value/values';

const MOST_KEPT = 1 << 16;

/**
 * States as the plain search would show them: real Immutable values. Each variable is put together only
 * when it is read, and kept for the next state that has the same.
 */
export class PlainStates {
  private readonly handler: ProxyHandler<object>;
  private readonly kept: Map<string, ValueId>[];
  private readonly cellsOf: number[][];

  constructor(private readonly learner: Learner) {
    const { variables } = learner.cells;
    this.handler = stateHandler(learner.evaluator.variables);
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
    const state = {};
    const { evaluator } = this.learner;
    evaluator.variables.forEach((variable, i) => {
      let value: unknown;
      let known = false;
      Object.defineProperty(state, variable, {
        enumerable: true,
        get: () => {
          if (!known) {
            value = evaluator.values.valueOf(this.idOf(at, i)); // canonical, as the plain search has it
            known = true;
          }
          return value;
        },
      });
    });
    return new Proxy(state, this.handler) as State;
  }

  /** The id of the value that a variable has in a row. */
  idOf(at: RowAt, index: number): ValueId {
    const kept = this.kept[index] as Map<string, ValueId>;
    let key = '';
    for (const cell of this.cellsOf[index] as number[]) {
      const local = this.learner.valueAt(at, cell);
      key += String.fromCharCode(local & 0xffff, local >>> 16); // a char holds 16 bits of a wide row's 32
    }
    // Cells that came later are absent in older rows: the keys must not differ for that.
    key = key.replace(/\0+$/, '');
    let id = kept.get(key);
    if (id === undefined) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, (id = this.learner.idAt(at, this.learner.cells.variables[index] as Place)));
    }
    return id;
  }
}
