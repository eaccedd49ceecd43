import type { Instance, Learner } from '../learn/learner';
import type { RowAt } from '../learn/row';
import type { Row } from '../model/evaluator';
import type { State } from '../model/model';
import type { LevelRows } from '../store/levelRows';
import { Predecessors } from '../store/predecessors';
import type { Steps } from '../store/stepTable';
import type { Run, RunStep } from '../trace/run';
import type { LearnedSpec } from './learnedSpec';
import type { Recorded } from './recording';

/** Rows of ids that are kept for the states after. */
const MOST_KEPT = 1 << 14;

/**
 * A searched space: its states by number, and the steps between them. States inside the constraint have the numbers from 0
 * on, in the order of discovery; those outside, which no step leads out of, the numbers after these.
 */
export class StateSpace {
  /** How many states there are inside the constraint, and outside. */
  readonly states: number;
  readonly outside: number;
  /** How many states have been expanded: the first so many. Fewer than all where the search ended early. */
  readonly expanded: number;
  /** The numbers of the initial states, in their order; of one given twice, twice. */
  readonly initial: Uint32Array;
  /** By state: its steps, in the order of the spec's actions, their ranges and choices; those that change nothing as well. */
  readonly steps: Steps;
  private readonly learner: Learner;
  private readonly kept = new Map<number, Row>();

  constructor(
    private readonly spec: LearnedSpec,
    private readonly recorded: Recorded,
    private readonly predecessors: Predecessors,
    private readonly rows: LevelRows | undefined,
  ) {
    const { states, expanded, outside, initial, steps } = recorded;
    this.states = states;
    this.expanded = expanded;
    this.outside = outside;
    this.initial = initial;
    this.steps = steps;
    this.learner = spec.learner;
  }

  /** How many edges there are: each names an action with its parameters, and a choice. */
  get edges(): number {
    return this.learner.edgeInstance.length;
  }

  /** What an edge names. */
  stepOf(edge: number): RunStep & { readonly actionIndex: number; readonly instance: number } {
    const { edgeInstance, edgeChoice } = this.learner;
    const { action, actionIndex, parameters, number } = edgeInstance[edge] as Instance;
    return { action, actionIndex, parameters, choice: edgeChoice[edge] as number, instance: number };
  }

  /** A state as real values. Throws the `Fault` of a function that answers otherwise than it did. */
  stateOf(number: number): State {
    return this.spec.evaluator.plainStateOf(this.idsOf(number));
  }

  /** The ids of the values that variables have in a state: put together from its row, or by taking the steps that lead there again. */
  idsOf(number: number): Row {
    const { learner } = this;
    const at = this.keptRow(number);
    return at ? learner.cells.variables.map((variable) => learner.idAt(at, variable)) : this.again(number);
  }

  /** A state as a row of cells: kept, or made again. It serves until the next one is asked for. */
  rowOf(number: number): RowAt {
    return this.keptRow(number) ?? this.rowOfIds(this.again(number)).at;
  }

  /** The number of a state, by the ids of its variables' values; undefined where it is none of the space. */
  numberOf(ids: Row): number | undefined {
    const { at, low, high } = this.rowOfIds(ids);
    return this.recorded.find(low, high, () => at);
  }

  /** A shortest run to a state. */
  runTo(number: number): Run {
    const [start, ...edges] = this.edgesTo(number);
    return { start: start as number, steps: edges.map((edge) => this.stepOf(edge)) };
  }

  /** A state's row, where rows are kept: of states inside the constraint. */
  private keptRow(number: number): RowAt | undefined {
    return number < this.states ? this.rows?.rowOf(number) : undefined;
  }

  private edgesTo(number: number): number[] {
    const { predecessors } = this;
    if (number < this.states) return predecessors.edgesTo(number);
    const [parent, edge] = this.pastOf(number);
    return parent === Predecessors.NO_PARENT ? [edge] : [...predecessors.edgesTo(parent), edge];
  }

  /** How a state was reached first: the state before, and the edge; of an initial one, `NO_PARENT` and which. */
  pastOf(number: number): readonly [parent: number, edge: number] {
    if (number < this.states) return this.predecessors.pastOf(number);
    const at = 2 * (number - this.states);
    const { outsidePasts } = this.recorded;
    return [outsidePasts[at] as number, outsidePasts[at + 1] as number];
  }

  /** Takes steps again, from the last state on the way that is kept. */
  private again(number: number): Row {
    const { evaluator } = this.spec;
    const edges: number[] = [];
    let at = number;
    let row: Row | undefined;
    while ((row = this.kept.get(at)) === undefined) {
      const [parent, edge] = this.pastOf(at);
      edges.push(edge);
      if (parent === Predecessors.NO_PARENT) break;
      at = parent;
    }
    row ??= evaluator.initial.at(edges.pop() as number) as Row;
    for (const edge of edges.reverse()) {
      const { action, parameters, choice } = this.stepOf(edge);
      row = evaluator.step(row, action, parameters, choice);
    }
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(number, row);
    return row;
  }

  /** A row of cells, and its fingerprint. */
  private rowOfIds(ids: Row): { readonly at: RowAt; readonly low: number; readonly high: number } {
    const parts = this.learner.partsOf(ids);
    const row = new Uint32Array(this.learner.cells.count);
    let low = 0;
    let high = 0;
    for (const part of parts) {
      part.cells.forEach((cell, k) => (row[cell] = part.locals[k] as number));
      low ^= part.low;
      high ^= part.high;
    }
    return { at: { row, offset: 0, width: row.length }, low, high };
  }
}
