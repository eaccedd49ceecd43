import { TRUE, type Instance, type Learner } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import { leadsTo } from '../learn/matches';
import { Fault, type Place } from '../model/fault';
import { alike, byIdentity, disagreement, notPure } from '../model/impurity';
import type { ModelAction, State } from '../model/model';
import type { StatePredicate } from '../property/statePredicates';
import type { StepPredicate } from '../property/stepPredicates';
import type { RowAt } from '../learn/row';

/** Learning is sound for pure functions only, so purity is checked and not assumed: what was learned is computed again plainly. */
export class Comparison {
  /** Calls of the user's functions made for comparing. */
  calls = 0;

  constructor(private readonly learner: Learner) {}

  /** Compares a leaf with what its action does in a state. Throws `Fault` where they differ. */
  compare(instance: Instance, leaf: number, at: RowAt, state: State): void {
    const part = this.differing(instance, leaf, at, state);
    if (part !== undefined) this.accuse(instance, part, at, state);
  }

  /** Throws the `Fault` of an action that does something else in a state than its leaf says. */
  accuse(instance: Instance, part: 'guard' | 'effect', at: RowAt, state: State): never {
    const place: Place = { part, name: instance.action.name, parameters: instance.parameters };
    const again = this.learner.learnAction({ ...instance, root: this.learner.tries.root() }, at);
    const steady = alike(() => this.plainAnswer(instance, state));
    const differs =
      typeof again === 'object' && this.differing(instance, again.leaf, at, state) !== undefined;
    throw new Fault(steady && differs ? byIdentity(place, state) : notPure(place, state));
  }

  /** What an action does in a state, plainly, as a text to compare. */
  private plainAnswer({ action, parameters }: Instance, state: State): string {
    const { evaluator } = this.learner;
    if (!evaluator.enabled(action, parameters, state)) return 'disabled';
    const changes = evaluator.changesOf(action, parameters, state);
    return changes.map((change) => evaluator.changed(change, state, action, parameters).join()).join(';');
  }

  /** Whose answer about a state is not the leaf's. Learns nothing. */
  differing(instance: Instance, leaf: number, at: RowAt, state: State): 'guard' | 'effect' | undefined {
    const { evaluator, leaves } = this.learner;
    const { action, parameters } = instance;
    this.calls++;
    const enabled = evaluator.enabled(action, parameters, state);
    if (enabled) this.calls++;
    const changes = enabled ? evaluator.changesOf(action, parameters, state) : [];
    const part = enabled === (leaf !== DISABLED) ? 'effect' : 'guard';
    const first = leaves.firstStepOf(leaf);
    const agree =
      changes.length === leaves.stepsOf(leaf) &&
      changes.every((change, k) => this.leadsTo(first + k, at, change));
    return agree ? undefined : part;
  }

  /** Whether a learned step out of a row makes of the variables what an effect's changes do. */
  private leadsTo(step: number, at: RowAt, changes: object): boolean {
    const { cells, leaves, evaluator } = this.learner;
    const valueAt = (cell: number) => this.learner.valueAt(at, cell);
    return leadsTo(cells, evaluator.variables, changes, leaves.writesOf(step), valueAt);
  }

  /** Compares the instances that an action's ranges were learned to give. */
  compareRange(action: ModelAction, index: number, instances: readonly Instance[], state: State): void {
    this.calls++;
    const plain = this.learner.evaluator
      .parametersOf(action.ranges, action.name, state)
      .map((parameters) => this.learner.instance(action, index, parameters).number);
    const known = new Set(instances.map(({ number }) => number));
    if (plain.length !== known.size || plain.some((number) => !known.has(number)))
      throw new Fault(notPure({ part: 'range', name: action.name }, state));
  }

  /** Compares a judge's learned answer. */
  compareJudge({ place, holds }: StatePredicate, leaf: number, at: RowAt, state: State): void {
    this.compareAnswer(
      place,
      state,
      leaf === TRUE,
      () => holds(state),
      () => {
        return this.learner.askAnew(at, holds);
      },
    );
  }

  /** Compares whether a step is known to keep an action property. */
  compareStepJudge(
    { place, holds }: StepPredicate,
    keeps: boolean,
    [before, after]: readonly [State, State],
    learnAgain: () => boolean | undefined,
  ): void {
    this.compareAnswer(place, before, keeps, () => holds(before, after), learnAgain);
  }

  /** Compares a predicate's answer with the one that is known; `learnAgain` gives undefined where it can't. */
  private compareAnswer(
    place: Place,
    state: State,
    known: boolean,
    answer: () => boolean,
    learnAgain: () => boolean | undefined,
  ): void {
    this.calls++;
    if (answer() === known) return;
    throw new Fault(disagreement(place, state, answer, learnAgain()));
  }
}
