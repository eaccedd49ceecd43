import { ABSENT } from '../learn/cells';
import type { Instance, Learner, Part, RowAt } from '../learn/learner';
import type { Ids, PlainStates } from '../learn/plainState';
import { UNCHANGED, type Evaluator, type Row } from '../model/evaluator';
import type { State } from '../model/model';
import type { ValueId } from '../value/values';
import type { Counts } from './counts';
import type { Limit } from './exploration';
import type { Frontier } from './frontier';
import type { Judging } from './judging';
import type { NewStates } from './newStates';
import type { Plan } from './plan';
import type { Position } from './position';

/** The state being expanded: its number, and what its variables are. */
interface From {
  readonly number: number;
  readonly ids: Ids;
  readonly state: State;
}

/** The steps of actions that are not learned: the user's functions are called on real values in every state. */
export class DirectSteps {
  private from: From | undefined;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly learner: Learner,
    private readonly frontier: Frontier,
    private readonly plain: PlainStates,
    private readonly position: Position,
    private readonly judging: Judging,
    private readonly counts: Counts,
    private readonly newStates: NewStates,
    private readonly settle: () => Limit | undefined,
  ) {}

  /** Takes an action's steps from the state being expanded; whether there are any. */
  take(plan: Plan): Limit | boolean {
    const { evaluator, learner } = this;
    const { action, index, depends, instances } = plan;
    const from = this.look();
    let enabled = false;
    for (const [k, parameters] of evaluator.parametersOf(action.ranges, action.name, from.state).entries()) {
      if (!evaluator.enabled(action, parameters, from.state)) continue;
      const instance = depends ? learner.instance(action, index, parameters) : (instances[k] as Instance);
      for (const [choice, changes] of evaluator.changesOf(action, parameters, from.state).entries()) {
        enabled = true;
        const changed = evaluator.changed(changes, from.state, action, parameters);
        this.counts.take(index);
        const limit = this.step(from, changed, learner.edge(instance, choice));
        if (limit) return limit;
      }
    }
    return enabled;
  }

  /** The state being expanded. */
  private look(): From {
    const { position, plain } = this;
    if (this.from?.number !== position.number) {
      const ids = position.ids();
      this.from = { number: position.number, ids, state: plain.with(ids) };
    }
    return this.from;
  }

  private step({ number, ids, state }: From, changed: Row, edge: number): Limit | undefined {
    const { learner, plain, newStates } = this;
    const after: Ids = (variable) => {
      const id = changed[variable] as ValueId;
      return id === UNCHANGED ? ids(variable) : id;
    };
    this.judging.plainStep(state, () => plain.with(after), edge);
    const gone: Part[] = [];
    const come: Part[] = [];
    for (let variable = 0; variable < changed.length; variable++) {
      if (after(variable) === ids(variable)) continue;
      gone.push(learner.partOf(variable, ids(variable)));
      come.push(learner.partOf(variable, after(variable)));
    }
    let [low, high] = this.frontier.fingerprintOf(this.position.agenda.next);
    for (const part of [...gone, ...come]) {
      low ^= part.low;
      high ^= part.high;
    }
    // Whole states are compared as they stand in the row; by fingerprints most are out before they are written.
    if (newStates.exact) this.write(gone, come);
    if (!newStates.add(low, high)) return undefined;
    const to = newStates.exact ? this.frontier.outRow() : this.write(gone, come);
    this.frontier.sign(low, high, number, edge);
    return plain.knowing(to, after, this.settle);
  }

  /** Writes the state that comes of the one being expanded to `outRow`. */
  private write(gone: readonly Part[], come: readonly Part[]): RowAt {
    const to = this.frontier.outCopy(this.position.agenda.next);
    for (const { writes } of gone) for (const [cell] of writes) to.row[to.offset + cell] = ABSENT;
    for (const { writes } of come) for (const [cell, local] of writes) to.row[to.offset + cell] = local;
    return to;
  }
}
