import { isDeepStrictEqual } from 'node:util';
import type { Spec } from 'everystate';
import { conclude } from '../../checker/conclusion';
import type { Exploration, Explore } from '../../checker/exploration';
import { searchBreadthFirst } from '../../checker/search/search';
import { Growth } from '../../checker/learn/growth';
import { POLICY } from '../../checker/learn/policy';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { Fault, type FaultDetails } from '../../checker/model/fault';
import { faultOfTrace } from './naive';
import type { Outcome, SearchOptions } from './outcome';
import { lengthOf } from '../../checker/trace/run';

/** The learned search with two threads that help each other from the first state on. */
export const exploreTogether: Explore = (evaluator, options) =>
  searchBreadthFirst(evaluator, { ...options, workers: 2, togetherFrom: 1 });

/** The learned search that compares whole states. */
export const exploreExactly: Explore = (evaluator, options) =>
  searchBreadthFirst(evaluator, { ...options, exact: true });

type Searches = Readonly<Record<string, Explore>>;

/** The learned search, in the ways that a user may ask for. */
export const WAYS_ASKED: Searches = { searchBreadthFirst, exploreTogether, exploreExactly };

/** The learned search that now and then gives up learning a function, and tries again whenever it may. */
const exploreWavering: Explore = (evaluator, options) =>
  searchBreadthFirst(evaluator, {
    ...options,
    policy: { ...POLICY, look: 5, givesUp: () => true, triesAgain: () => true },
  });

/** One in five, of 2^16. */
const SORTING_CHANCE = 2 ** 16 / 5;

/**
 * The learned search that makes its root tables anew now and then: else small spaces never need them. By chance, since
 * whatever is asked in turns may be asked in step: a state is begun anew where they are found outdated halfway.
 */
const exploreSorting: Explore = (evaluator, options) => {
  let chance = 1;
  const sortsAnew = () => {
    chance = (Math.imul(chance, 1103515245) + 12345) >>> 0;
    return chance >>> 16 < SORTING_CHANCE;
  };
  return searchBreadthFirst(evaluator, { ...options, policy: { ...POLICY, sortsAnew } });
};

/** The learned search in which audits may take next to nothing: hits wait to its end. */
const exploreStingily: Explore = (evaluator, options) => {
  const nothing = { atLeast: -1, share: 0 };
  return searchBreadthFirst(evaluator, {
    ...options,
    policy: { ...POLICY, hits: nothing, learned: nothing, states: nothing },
  });
};

/** The learned search that now and then finds that places grow, and begins anew with them kept whole. */
const exploreGrowing: Explore = async (evaluator, options) => {
  const { tooMuch } = Growth.prototype;
  let looks = 0;
  Growth.prototype.tooMuch = function (cells, leaves, distinct) {
    const all = this.growing(cells, 0);
    return ++looks % 7 === 3 && all.size > 0 ? all : tooMuch.call(this, cells, leaves, distinct);
  };
  try {
    return await searchBreadthFirst(evaluator, options);
  } finally {
    Object.assign(Growth.prototype, { tooMuch });
  }
};

/**
 * The ways that it takes where learning does not pay (variables kept whole, actions called in every state, both, one
 * after the other), and where a space is large.
 */
export const WAYS_TAKEN: Searches = {
  exploreWholes: (evaluator, options) => searchBreadthFirst(evaluator, { ...options, whole: true }),
  exploreCalling: (evaluator, options) =>
    searchBreadthFirst(evaluator, { ...options, plainly: true, whole: false }),
  exploreAnew: (evaluator, options) => searchBreadthFirst(evaluator, { ...options, plainly: true }),
  exploreCallingWholes: (evaluator, options) =>
    searchBreadthFirst(evaluator, { ...options, whole: true, plainly: true }),
  exploreWavering,
  exploreSorting,
  exploreGrowing,
  exploreStingily,
};

/** Searches a spec both ways; where they differ, as text, or null. */
export async function compareSearches(
  spec: Spec,
  a: Explore,
  b: Explore,
  options: SearchOptions = { keepGoing: true, deadlock: true },
): Promise<string | null> {
  return difference(await outcomeOf(spec, a, options), await outcomeOf(spec, b, options));
}

/** Searches a spec afresh: no value, id or cache is shared with another search. */
export async function outcomeOf(spec: Spec, explore: Explore, options: SearchOptions): Promise<Outcome> {
  const model = bind(spec);
  let evaluator: Evaluator;
  try {
    evaluator = new Evaluator(model);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return stillborn(
      error.details,
      model.actions.map(({ name }) => name),
    );
  }
  return toOutcome(await explore(evaluator, { ...options, now: () => 0 }));
}

/**
 * Searches as `check` does and has its result told in full. What is wrong with that beside the plain search's outcome:
 * the verdict, what is listed, or a run that can't be taken as it is told. `anew` makes the spec once more: an iterator
 * among its ranges serves whoever is first to walk it.
 */
export async function faultOfResult(
  spec: Spec,
  options: SearchOptions,
  expected: Outcome,
  anew: () => Spec,
): Promise<string | null> {
  const model = bind(spec);
  let evaluator: Evaluator;
  try {
    evaluator = new Evaluator(model);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return expected.fault?.place === placeOf(error.details) ? null : `stillborn: ${error.details.what}`;
  }
  const explored = { togetherFrom: 1, now: () => 0, ...options };
  const exploration = await searchBreadthFirst(evaluator, explored);
  const found = toOutcome(exploration);
  const differs = difference(expected, found);
  if (differs) return differs;
  const result = conclude(model, evaluator, exploration, explored);
  const verdict = verdictOf(
    found,
    model.properties.flatMap(({ kind, name }) => (kind === 'reachable' ? [name] : [])),
  );
  if (result.verdict !== verdict)
    return `verdict: ${result.verdict} ≠ ${verdict} ${result.verdict === 'broken' ? result.what : ''}`;
  const violations = result.verdict === 'violated' ? result.violations : [];
  const ends = [
    ...violations.map(({ kind, property, parameters = {}, trace }) => ({
      kind,
      property,
      parameters,
      trace,
    })),
    ...Object.entries(result.reached).map(([property, trace]) => ({
      kind: 'reachable' as const,
      property,
      parameters: {},
      trace,
    })),
  ];
  for (const { trace, ...end } of ends) {
    if (trace === undefined) continue;
    const fault = faultOfTrace(anew(), trace, end);
    if (fault) return `the run to ${end.kind} ${end.property}: ${fault}`;
  }
  return null;
}

function verdictOf({ end, distinct, findings, reached }: Outcome, reachable: readonly string[]): string {
  if (end === 'fault') return 'broken';
  if (Object.keys(findings).length > 0) return 'violated';
  if (end !== 'exhausted') return 'incomplete';
  if (distinct === 0) return 'broken'; // nothing was inside the constraint
  return reachable.every((name) => name in reached) ? 'holds' : 'violated';
}

/**
 * Where two outcomes differ, a line each, or null. A level may hold several faults, and which of them a
 * search meets first, and what it counted by then, is its own affair.
 */
export function difference(a: Outcome, b: Outcome): string | null {
  if (a.end === 'states' || b.end === 'states') return differenceInside(a, b);
  return exactDifference(a, b);
}

/**
 * Where two outcomes differ, one of which ended in the middle of a level for the bound on states. Which states of that level
 * are the last that there was room for is each search's own affair: an action that is called plainly is not taken in its
 * turn. All that has been before that level is the same.
 */
function differenceInside(a: Outcome, b: Outcome): string | null {
  const [bounded, other] = a.end === 'states' ? [a, b] : [b, a];
  if (other.end === 'fault') {
    const { length = 0 } = other.fault ?? {};
    return length >= bounded.depth - 1 ? null : `end: ${a.end} ≠ ${b.end}`;
  }
  const before = (outcome: Outcome) =>
    [outcome.findings, outcome.reached].map((lengths) =>
      Object.fromEntries(Object.entries(lengths).filter(([, length]) => length < bounded.depth)),
    );
  const told = (outcome: Outcome) => {
    const { end, initial, distinct, depth } = outcome;
    return sorted({
      end,
      distinct,
      depth,
      ...(bounded.depth > 1 && { initial }),
      before: before(outcome).map(sorted),
    });
  };
  return isDeepStrictEqual(told(a), told(b))
    ? null
    : `${JSON.stringify(told(a))} ≠ ${JSON.stringify(told(b))}`;
}

/** Where two outcomes differ of searches that take all steps in one order. */
export function exactDifference(a: Outcome, b: Outcome): string | null {
  if (a.fault && b.fault && a.fault.place !== b.fault.place) return faultsApart(a.fault, b.fault);
  const compared: (keyof Outcome)[] =
    a.end === 'fault' && b.end === 'fault'
      ? ['fault']
      : [
          'end',
          'initial',
          'distinct',
          'generated',
          'outside',
          'depth',
          'frontier',
          'generatedBy',
          'firsts',
          'findings',
          'reached',
          'fault',
        ];
  const lines = compared
    .filter((key) => !isDeepStrictEqual(sorted(worded(a, b)[key]), sorted(worded(b, a)[key])))
    .map((key) => `${key}: ${JSON.stringify(a[key])} ≠ ${JSON.stringify(b[key])}`);
  return lines.length === 0 ? null : lines.join('\n');
}

type FaultOutcome = NonNullable<Outcome['fault']>;

/** Two faults of different functions: both are met while one level is expanded, and neither is of the engine's making. */
function faultsApart(a: FaultOutcome, b: FaultOutcome): string | null {
  const made = [a, b].some(({ what }) => what?.includes('not pure'));
  return Math.abs(a.length - b.length) <= 1 && !made
    ? null
    : `fault: ${JSON.stringify(a)} ≠ ${JSON.stringify(b)}`;
}

/** The outcome as comparable with another that may not word its fault. */
function worded(outcome: Outcome, other: Outcome): Outcome {
  if (!outcome.fault || other.fault?.what !== undefined) return outcome;
  return { ...outcome, fault: { ...outcome.fault, what: undefined } };
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort())
    : value;
}

function toOutcome({ end, findings, reached, statistics, fault }: Exploration): Outcome {
  const { initial, distinct, generated, outside, depth, frontier, actions } = statistics;
  return {
    end,
    initial,
    distinct,
    generated,
    outside,
    depth,
    frontier,
    generatedBy: Object.fromEntries(actions.map(({ action, generated }) => [action, generated])),
    firsts: actions.reduce((sum, { distinct }) => sum + distinct, 0),
    findings: Object.fromEntries(findings.map(({ property, run }) => [property, lengthOf(run)])),
    reached: Object.fromEntries([...reached].map(([property, run]) => [property, lengthOf(run)])),
    ...(fault && {
      fault: {
        place: placeOf(fault.details),
        what: fault.details.what,
        length: fault.run ? lengthOf(fault.run) : 0,
      },
    }),
  };
}

function stillborn(details: FaultDetails, actions: readonly string[]): Outcome {
  return {
    end: 'fault',
    initial: 0,
    distinct: 0,
    generated: 0,
    outside: 0,
    depth: 0,
    frontier: 0,
    generatedBy: Object.fromEntries(actions.map((name) => [name, 0])),
    firsts: 0,
    findings: {},
    reached: {},
    fault: { place: placeOf(details), what: details.what, length: 0 },
  };
}

function placeOf({ place }: FaultDetails): string {
  return `${place.part} ${place.name}`.trim();
}
