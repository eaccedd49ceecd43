import type { Parameters } from '../../spec/index';
import type { Learner } from '../learn/learner';
import { writesOf, type StepWrites } from '../learn/leaves';
import type { PlainStates } from '../learn/plainState';
import type { Evaluator } from '../model/evaluator';
import type { ModelAction, State } from '../model/model';
import { NotAValueError } from '../value/refusal';
import type { Counts } from './counts';
import type { Limit } from './exploration';
import type { Frontier } from './frontier';
import type { Judging } from './judging';
import type { NewStates } from './newStates';
import type { Plan } from './plan';
import type { Position } from './position';

/** The steps of actions that are not learned: the user's functions are called on real values in every state. */
export class DirectSteps {
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
    const { evaluator } = this;
    const state = this.position.state();
    let enabled = false;
    for (const parameters of evaluator.parametersOf(plan.action.ranges, plan.action.name, state)) {
      const taken = this.takeInstance(plan, parameters, state);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
    }
    return enabled;
  }

  private takeInstance(plan: Plan, parameters: Parameters, state: State): Limit | boolean {
    const { evaluator, learner, frontier, position } = this;
    const { cells } = learner;
    const { next } = position.agenda;
    if (!evaluator.enabled(plan.action, parameters, state)) return false;
    const instance = learner.instance(plan.action, plan.index, parameters);
    let enabled = false;
    for (const [choice, changes] of evaluator.changesOf(plan.action, parameters, state).entries()) {
      enabled = true;
      const writes = this.writesOf(changes, state, plan.action, parameters);
      const edge = learner.edge(instance, choice);
      this.counts.take(plan.index);
      const to = frontier.outCopy(next);
      let [low, high] = frontier.fingerprintOf(next);
      for (const [cell, local] of writes) {
        const before = cells.keyOf(cell, to.row[to.offset + cell] as number);
        const after = cells.keyOf(cell, local);
        low ^= before[0] ^ after[0];
        high ^= before[1] ^ after[1];
        to.row[to.offset + cell] = local;
      }
      this.judging.plainStep(state, () => this.plain.of(to), edge);
      if (!this.newStates.add(low, high)) continue;
      frontier.sign(low, high, position.number, edge);
      const limit = this.settle();
      if (limit) return limit;
    }
    return enabled;
  }

  private writesOf(
    changes: object,
    state: State,
    action: ModelAction,
    parameters: Parameters,
  ): StepWrites['writes'] {
    this.evaluator.checkChanges(changes, state, action, parameters);
    try {
      return writesOf(this.learner.cells, changes, this.evaluator.variables).writes;
    } catch (error) {
      if (!(error instanceof NotAValueError)) throw error;
      this.evaluator.refuseValues(changes, state, action, parameters);
      throw error;
    }
  }
}
