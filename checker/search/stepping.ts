import type { Limit } from '../exploration';
import { LEAF_WORDS } from '../kernel/buffers';
import { OUTCOME } from '../kernel/codes';
import { RANKS } from '../learn/learner';
import type { Arrivals } from './admission';
import { CalledSteps } from './calledSteps';
import type { LearnedSpec } from './learnedSpec';
import type { Taking } from './taking';

/**
 * Takes all steps out of the state stood at, of learned actions and of called ones, in the order of the reference search:
 * so both number their states alike and tell the same shortest run.
 */
export class Stepping {
  private readonly calledSteps: CalledSteps;

  constructor(
    private readonly spec: LearnedSpec,
    private readonly arrivals: Arrivals,
    private readonly taking: Taking,
  ) {
    this.calledSteps = new CalledSteps(spec, arrivals);
  }

  /** `anew` where something was learned first, and nothing done. */
  take(): Limit | 'anew' | undefined {
    const { spec } = this;
    if (!spec.gather()) return 'anew';
    const { leaves: ranks, gathered: count } = spec.buffers;
    let enabled = count > 0;
    let from = 0;
    for (const plan of spec.instances.apart.filter(({ direct }) => direct)) {
      let to = from;
      while (to < count && (ranks[LEAF_WORDS * to + 1] as number) < plan.index * RANKS) to++;
      const limit = this.takeGathered(from, to);
      if (limit) return limit;
      from = to;
      const taken = this.calledSteps.take(plan);
      if (typeof taken === 'string') return taken;
      enabled ||= taken;
    }
    const limit = this.takeGathered(from, count);
    if (limit) return limit;
    if (!enabled) spec.judgeEnd();
    return undefined;
  }

  /** Takes the steps of some of the leaves gathered. */
  private takeGathered(from: number, to: number): Limit | undefined {
    const { spec, arrivals } = this;
    if (from === to) return undefined;
    for (let outcome = spec.steps(from, to); outcome !== OUTCOME.DONE; outcome = spec.steps(from, to)) {
      const limit = arrivals.answer(outcome);
      if (limit) return limit;
    }
    return this.taking.take();
  }
}
