import type { Parameters } from '../../spec/index';
import type { Instance, Learner } from '../learn/learner';
import type { State } from '../model/model';
import type { Limit } from '../exploration';
import type { Admission } from './admission';
import type { ActionPlan } from '../actions/actionPlan';
import type { Cursor } from '../store/cursor';
import type { Spending } from '../learn/spending';
import { rewritingOf, type From, type CalledChanges } from '../actions/calledChanges';
import { RowCopy } from '../store/rowCopy';
import type { RowAt } from '../learn/row';

/** The steps of actions that are not learned: the user's functions are called on real values in every state. */
export class CalledSteps {
  /** States from which steps were taken, and instances that were asked for one. */
  states = 0;
  asked = 0;
  private from: From | undefined;
  /** Where the state that a step leads to has been written; undefined until it is. */
  private to: RowAt | undefined;
  private readonly rowCopy = new RowCopy();
  private readonly calledChanges: CalledChanges;

  constructor(
    private readonly learner: Learner,
    private readonly cursor: Cursor,
    private readonly admission: Admission,
    private readonly spending: Spending,
  ) {
    this.calledChanges = rewritingOf(learner);
  }

  /** Takes an action's steps from the state being expanded; whether there are any. */
  take(plan: ActionPlan): Limit | boolean {
    const { learner } = this;
    const { evaluator } = learner;
    const { action, index, depends, instances } = plan;
    const from = this.look();
    let enabled = false;
    const all = evaluator.parametersOf(action.ranges, action.name, from.state);
    this.asked += all.length;
    this.spending.called(all.length * plan.payoff.call);
    for (let k = 0; k < all.length; k++) {
      const parameters = all[k] as Parameters;
      if (!evaluator.enabled(action, parameters, from.state)) continue;
      const instance = depends ? learner.instance(action, index, parameters) : (instances[k] as Instance);
      let choice = 0;
      for (const changes of evaluator.changesOf(action, parameters, from.state)) {
        enabled = true;
        this.calledChanges.read(changes, from, action, parameters);
        this.admission.counters.take(index);
        this.spending.calledStep();
        const limit = this.step(from, learner.edge(instance, choice++));
        if (limit) return limit;
      }
    }
    return enabled;
  }

  /** The state being expanded. */
  private look(): From {
    const { cursor } = this;
    const { plain, frontier } = cursor;
    if (this.from?.number !== cursor.number) {
      this.states++;
      this.spending.calledState();
      const at = this.rowCopy.copied(cursor.row());
      const ids = plain.idsOf(at);
      const [low, high] = frontier.fingerprintOf(cursor.agenda.next);
      this.from = { number: cursor.number, at, low, high, ids, state: plain.with(ids) };
    }
    return this.from;
  }

  /** Takes the step whose changes have been read. */
  private step(from: From, edge: number): Limit | undefined {
    const { admission, calledChanges, cursor } = this;
    const { plain, frontier } = cursor;
    this.to = undefined;
    admission.properties.plainStep(from.state, this.after, edge);
    const low = from.low ^ calledChanges.low;
    const high = from.high ^ calledChanges.high;
    // Whole states are compared as they stand in the row; by fingerprints most are out before they are written.
    if (admission.exact) this.written();
    if (!admission.add(low, high)) return undefined;
    const to = this.written();
    frontier.sign(low, high, from.number, edge);
    const after = calledChanges.after(from);
    const settle = () => admission.settle(undefined);
    return after ? plain.knowing(to, after, settle) : settle();
  }

  /** The state that the step leads to, as real values. */
  private readonly after = (): State => {
    const { calledChanges, from } = this;
    const { plain } = this.cursor;
    const after = calledChanges.after(from as From);
    return after ? plain.with(after) : plain.of(this.written());
  };

  /** `outRow`, holding the state that the step leads to. */
  private written(): RowAt {
    if (this.to === undefined) {
      this.to = this.cursor.frontier.outCopy(this.cursor.agenda.next);
      this.calledChanges.write(this.to);
    }
    return this.to;
  }
}
