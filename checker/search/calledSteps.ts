import type { Parameters } from '../../spec/index';
import type { Instance } from '../learn/learner';
import type { State } from '../model/model';
import type { Limit } from '../exploration';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';
import type { ActionPlan } from '../actions/actionPlan';
import { rewritingOf, type From, type CalledChanges } from '../actions/calledChanges';
import { RowCopy } from '../store/rowCopy';
import type { RowAt } from '../learn/row';

/** The steps of actions that are not learned: the user's functions are called on real values in every state. */
export class CalledSteps {
  private from: From | undefined;
  /** Where the state that a step leads to has been written; undefined until it is. */
  private to: RowAt | undefined;
  private readonly rowCopy = new RowCopy();
  private readonly calledChanges: CalledChanges;

  constructor(
    private readonly spec: LearnedSpec,
    private readonly arrivals: Arrivals,
  ) {
    this.calledChanges = rewritingOf(spec.learner);
  }

  /** Takes an action's steps from the state being expanded; whether there are any. */
  take(plan: ActionPlan): Limit | boolean {
    const { learner, evaluator, spending, counters } = this.spec;
    const { action, index, depends, instances } = plan;
    const from = this.look();
    let enabled = false;
    const all = evaluator.parametersOf(action.ranges, action.name, from.state);
    spending.calledAction(all.length, plan.payoff.call);
    for (let k = 0; k < all.length; k++) {
      const parameters = all[k] as Parameters;
      if (!evaluator.enabled(action, parameters, from.state)) continue;
      const instance = depends ? learner.instance(action, index, parameters) : (instances[k] as Instance);
      let choice = 0;
      for (const changes of evaluator.changesOf(action, parameters, from.state)) {
        enabled = true;
        this.calledChanges.read(changes, from, action, parameters);
        counters.take(index);
        spending.calledStep();
        const limit = this.step(from, learner.edge(instance, choice++));
        if (limit) return limit;
      }
    }
    return enabled;
  }

  /** The state being expanded. */
  private look(): From {
    const { position, spending } = this.spec;
    const { plain, standing } = position;
    if (this.from?.number !== position.number) {
      spending.calledState();
      const at = this.rowCopy.copied(position.row());
      const ids = plain.idsOf(at);
      const [low, high] = standing.fingerprint;
      this.from = { number: position.number, at, low, high, ids, state: plain.with(ids) };
    }
    return this.from;
  }

  /** Takes the step whose changes have been read. */
  private step(from: From, edge: number): Limit | undefined {
    const { arrivals, calledChanges } = this;
    const { position, properties } = this.spec;
    this.to = undefined;
    properties.plainStep(from.state, this.after, edge);
    const low = from.low ^ calledChanges.low;
    const high = from.high ^ calledChanges.high;
    if (!arrivals.add(low, high, this.written, edge)) return undefined;
    const to = this.written();
    position.out.sign(low, high, from.number, edge);
    const after = calledChanges.after(from);
    const settle = () => arrivals.settle(undefined);
    return after ? position.plain.knowing(to, after, settle) : settle();
  }

  /** The state that the step leads to, as real values. */
  private readonly after = (): State => {
    const { calledChanges, from } = this;
    const { plain } = this.spec.position;
    const after = calledChanges.after(from as From);
    return after ? plain.with(after) : plain.of(this.written());
  };

  /** `outRow`, holding the state that the step leads to. */
  private readonly written = (): RowAt => {
    if (this.to === undefined) {
      this.to = this.spec.position.copiedOut();
      this.calledChanges.write(this.to);
    }
    return this.to;
  };
}
