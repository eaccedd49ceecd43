import { sparesTooLittle } from '../actions/wholeOrApart';
import type { ActionPlan } from '../actions/actionPlan';
import type { Learning } from '../exploration';
import { TooFine } from '../model/engineError';
import type { LearnedSpec } from './learnedSpec';

/** States from which steps were taken plainly before one knows what share of the instances that is. */
const LEAST_DIRECT = 64;
/** States that may be expanded in vain. */
const MOST_IN_VAIN = 1 << 17;
/** The share of what an action was asked that was new, from which on learning it is in vain where states grow. */
const MOSTLY_NEW = 3 / 4;

/** A search that took variables apart too finely. */
export interface Earlier {
  /** What it has to tell. */
  readonly learning: Learning;
  /** Why it was too fine. */
  readonly why: string;
  /** The paths of the places that are kept whole from now on; undefined where all variables are. */
  readonly wholes?: ReadonlySet<string>;
}

/** Throws `TooFine` where states had better be taken apart less finely, or not at all. */
export function requireWorthwhile(spec: LearnedSpec): void {
  if (spec.learner.cells.whole || spec.options.whole === false) return;
  if (mostlyCalled(spec)) throw new TooFine('most others are called every time');
  requireNoGrowth(spec);
}

/** Whether it would have been better to keep variables whole, and isn't too late for that. */
function mostlyCalled({ learner, plans, properties, spending, position }: LearnedSpec): boolean {
  const { calledStates, calledInstances } = spending;
  if (calledStates < LEAST_DIRECT || position.visits > MOST_IN_VAIN) return false;
  const asked = learner.instances.map(({ actionIndex }) => {
    const { direct, payoff } = plans[actionIndex] as ActionPlan;
    return { direct, cost: payoff.call };
  });
  const spared = asked.filter(({ direct }) => !direct);
  if (calledInstances <= spared.length * calledStates) return false;
  return sparesTooLittle([...asked, ...properties.asked], spending.policy);
}

/**
 * Ends the search where cells keep appearing: to begin anew with what grows kept whole; with all variables, where what
 * every action does has been new nearly every time.
 */
function requireNoGrowth({ growth, learner, plans, position }: LearnedSpec): void {
  const { visits, distinct } = position;
  const places = growth.tooMuch(learner.cells, learner.leaves, distinct);
  if (!places) return;
  const why = 'states keep getting parts that there never were';
  for (const { payoff, runs, instances, depends } of plans)
    if (!depends && runs >= visits * instances.length * MOSTLY_NEW) payoff.give(why);
  throw new TooFine(why, plans.every(({ payoff }) => payoff.direct) ? undefined : places);
}
