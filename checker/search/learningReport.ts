import type { Place } from '../learn/cells';
import type { Learner } from '../learn/learner';
import { valueText } from '../value/text';
import type { Learning, PartLearning } from '../exploration';
import type { LearnedProperty } from '../property/properties';
import type { LearnedSpec } from './learnedSpec';

/** Most cells named of an action. */
const MOST_NAMED = 24;

/** What a learned search has to tell of itself. */
export function learningReport(
  { learner, plans, properties, audit, generated }: LearnedSpec,
  {
    bytes,
    distinct,
    exact,
    shared,
  }: Pick<Learning, 'exact' | 'shared'> & { readonly bytes: number; readonly distinct: number },
): Learning {
  const { calls: audits, seconds: auditSeconds, unaudited } = audit;
  return {
    calls: learner.calls,
    audits,
    auditSeconds,
    unaudited,
    cells: learner.cells.count,
    whole: learner.cells.whole,
    bytesAState: bytes / Math.max(1, distinct),
    missed: exact ? 0 : (distinct * Math.max(0, generated - distinct)) / 2 ** 64,
    exact,
    shared,
    actions: plans.map(({ action, runs, reads, payoff }) => ({
      action: action.name,
      ...partOf(learner, { runs, reads, plainly: payoff.reason }),
    })),
    properties: properties.judged.map(({ name, ...part }) => ({ property: name, ...partOf(learner, part) })),
  };
}

/**
 * What a search has to tell after another one that gave up what it had learned, but for why: an action that is still called
 * plainly is told of as it was when that was found out, one that is learned again as it is.
 */
export function inAll(earlier: Learning, now: Learning): Learning {
  return {
    ...now,
    calls: earlier.calls + now.calls,
    audits: earlier.audits + now.audits,
    auditSeconds: earlier.auditSeconds + now.auditSeconds,
    actions: now.actions.map((part, k) => {
      const before = earlier.actions[k];
      return part.plainly !== null && part.plainly === before?.plainly ? before : part;
    }),
  };
}

function partOf(learner: Learner, { runs, reads, plainly }: Omit<LearnedProperty, 'name'>): PartLearning {
  const places = [...reads].map((cell) => learner.cells.places[cell] as Place);
  return { runs, reads: innermost(places).slice(0, MOST_NAMED).map(nameOf), cells: reads.size, plainly };
}

/** The places but for those that were only read on the way to another. */
function innermost(places: readonly Place[]): Place[] {
  const passed = new Set<Place | null>(places.map(({ parent }) => parent));
  return places.filter((place) => !passed.has(place));
}

/** A cell as a reader of the spec would name it. */
function nameOf(place: Place): string {
  return place.parent ? `${nameOf(place.parent)}.${valueText(place.key)}` : String(place.key);
}
