import { COMPARING, COMPARING_MEMBER } from '../learn/cost';
import type { Learner } from '../learn/learner';
import type { PlainStates } from '../learn/plainState';
import type { RowAt } from '../learn/row';
import type { Spending } from '../learn/spending';
import type { KnownOfStates, LearnedAnswers } from '../property/properties';
import type { StatePredicate } from '../property/statePredicates';
import { AuditBudget } from './auditBudget';
import { Comparison } from './comparison';

/** Has what was just learned compared with what the user's functions say, as far as that may go. */
export class AuditedAnswers implements LearnedAnswers {
  readonly comparison: Comparison;
  readonly budget: AuditBudget;
  /** Milliseconds that comparing took, to be told: nothing hangs on them. */
  millis = 0;

  constructor(
    private readonly learner: Learner,
    private readonly plain: PlainStates,
    spending: Spending,
    private readonly now: () => number,
  ) {
    this.comparison = new Comparison(learner);
    this.budget = new AuditBudget(spending);
  }

  ofState(predicate: StatePredicate, leaf: number, at: RowAt): void {
    this.compared(() => this.comparison.compareJudge(predicate, leaf, at, this.plain.of(at)));
  }

  ofStep({ predicate, keeps, states }: KnownOfStates, learnAnew: () => boolean | undefined): void {
    this.compared(() => this.comparison.compareStepJudge(predicate, keeps, states, learnAnew));
  }

  /** Compares what has just been learned, if there is something left for it. */
  compared(compare: () => void): void {
    this.budget.ofLearned(() => this.costOf(compare));
  }

  /** Compares, and says what that took: by its calls, and how many predicates such calls have asked. */
  costOf(compare: () => void): number {
    const { comparison, learner } = this;
    const calls = comparison.calls;
    const start = this.now();
    compare();
    this.millis += this.now() - start;
    const members = learner.asked / Math.max(1, learner.calls);
    return (comparison.calls - calls) * (COMPARING + COMPARING_MEMBER * members);
  }
}
