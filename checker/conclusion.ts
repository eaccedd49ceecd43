import { rootOf, type Spec } from '../spec/index';
import type { Exploration, ExploreOptions, Finding, Statistics } from './exploration';
import type { Bounds } from './budget/limits';
import { placeOf, type Evaluator } from './model/evaluator';
import { attended } from './model/attended';
import { Fault, NoAnswer, type FaultDetails } from './model/fault';
import type { Judged, Model, State } from './model/model';
import { propertyKind } from './model/propertyKinds';
import { besidesFault } from './property/besidesFault';
import { Reads } from './property/reads';
import type { Broken, Result, Violation } from './result';
import { fallsAgain, judgedOf, type Fallen } from './property/fallen';
import { rebuild, type Replayed } from './trace/rebuild';
import { thrownText } from './value/thrown';
import type { Trace } from './trace/trace';

/**
 * Puts words and traces to what a search found. A property whose trace cannot be replayed makes the
 * result *broken*: no counterexample is shown that was not taken step by step.
 */
export function conclude(
  model: Model,
  evaluator: Evaluator,
  exploration: Exploration,
  options: ExploreOptions,
  bounds: Bounds = {},
): Result {
  const { findings, fault, end, statistics } = exploration;
  const about = { ...commonOf(model), deadlock: options.deadlock, bounds };
  const reads = new Reads(evaluator);
  if (fault) return { ...about, statistics, ...besideFault(evaluator, reads, exploration, fault) };
  try {
    const reached = Object.fromEntries(
      [...exploration.reached].map(([name, run]) => [name, rebuild(evaluator, run).trace]),
    );
    const common = { ...about, statistics, reached };
    const violations: Violation[] = findings.map((finding) =>
      violationOf(finding, evaluator, reads, runOf(evaluator, finding)),
    );
    if (violations.length === 0 && end === 'exhausted' && statistics.distinct === 0)
      return { ...common, violations: [], ...brokenBy(ALL_OUTSIDE, undefined) };
    if (end === 'exhausted')
      for (const { kind, name } of model.properties)
        if (propertyKind(kind).holds === 'sometime' && !exploration.reached.has(name))
          violations.push({ kind, property: name, reads: [] });
    const [first, ...rest] = violations;
    const limit =
      end === 'exhausted' || end === 'violation' || end === 'fault'
        ? undefined
        : { limit: end, bound: boundOf(exploration, options) };
    if (first)
      return {
        ...common,
        ...limit,
        verdict: 'violated',
        violations: [first, ...rest],
        exhausted: end === 'exhausted',
      };
    if (end === 'exhausted') return { ...common, verdict: 'holds' };
    if (limit === undefined) throw new Error(`a search ended with '${end}' but nothing to show`);
    return { ...common, verdict: 'incomplete', ...limit };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...about, statistics, reached: {}, violations: [], ...brokenBy(error.details, undefined) };
  }
}

/**
 * `conclude` where the spec's functions, asked to tell of what was found, may not come back. Those that only add to it are
 * left out then.
 */
export async function concludeAttended(...of: Parameters<typeof conclude>): Promise<Result> {
  const [model, evaluator, { statistics, fault }, { deadlock }, bounds = {}] = of;
  for (;;) {
    try {
      return await attended(() => conclude(...of));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (evaluator.unanswered(error)) continue;
      const about = { ...commonOf(model), deadlock, bounds, statistics, reached: {}, violations: [] };
      return { ...about, ...brokenBy(fault?.details ?? error.details, undefined) };
    }
  }
}

/**
 * What is told of a spec that is at fault, with what fell: a violation is no less one for a function that throws
 * elsewhere. Of that, what can't be taken again is left out.
 */
function besideFault(
  evaluator: Evaluator,
  reads: Reads,
  { findings, reached }: Exploration,
  { details, run }: NonNullable<Exploration['fault']>,
) {
  const beside = run && unlessFaulty(() => besidesFault(evaluator, run, findings));
  const found = [...findings, ...(beside ?? [])];
  const violations = found.flatMap(
    (finding) => unlessFaulty(() => violationOf(finding, evaluator, reads, runOf(evaluator, finding))) ?? [],
  );
  const traces = [...reached].flatMap(([name, to]) => {
    const trace = unlessFaulty(() => rebuild(evaluator, to).trace);
    return trace ? [[name, trace] as const] : [];
  });
  const trace = run && unlessFaulty(() => rebuild(evaluator, run).trace);
  return { reached: Object.fromEntries(traces), violations, ...brokenBy(details, trace) };
}

/** The run of a finding, taken again, which has to end as it did. Throws `Fault`. */
function runOf(evaluator: Evaluator, { run, ...fallen }: Finding): Replayed {
  const replayed = rebuild(evaluator, run);
  if (fallsAgain(evaluator, fallen, replayed.rows)) return replayed;
  throw new Fault({
    place: { part: fallen.kind === 'deadlock' ? 'guard' : fallen.kind, name: fallen.property },
    what: 'what was found could not be found again by taking the same steps',
    advice:
      'some guard, effect, range or property is not pure: it uses Math.random, the time, or a variable it changes',
  });
}

function unlessFaulty<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** What is promised of no state says nothing. */
const ALL_OUTSIDE: FaultDetails = {
  place: { part: 'constraint', name: '' },
  what: 'every initial state lies outside of it, so that no step was taken and nothing else checked',
  advice: 'let the constraint hold in the initial states, or begin in states where it does',
};

const NOTHING: Statistics = {
  initial: 0,
  distinct: 0,
  generated: 0,
  outside: 0,
  depth: 0,
  frontier: 0,
  seconds: 0,
  actions: [],
};

/** What a search was asked for beside the model. */
export type Asked = Pick<Result, 'deadlock' | 'bounds'>;

/** The result for a spec whose initial states could not be made. */
export function stillborn(model: Model, details: FaultDetails, asked: Asked): Broken {
  const common = { ...commonOf(model), ...asked, statistics: NOTHING, reached: {}, violations: [] };
  return { ...common, ...brokenBy(details, undefined) };
}

/** The result for a spec whose own functions threw while its parts were put together, or did not come back. */
export function unbuilt(spec: Spec, cause: unknown, asked: Asked): Broken {
  const details: FaultDetails =
    cause instanceof NoAnswer
      ? cause.details
      : {
          place: { part: 'declarations', name: '' },
          what: `the spec threw while its parts were put together: ${thrownText(cause)}`,
          advice: 'definitions, actions and properties must be declared for every choice of constants',
          cause,
        };
  return {
    spec: rootOf(spec).name,
    variant: spec.variantName ?? null,
    constants: {},
    overridden: {},
    properties: [],
    unchecked: [],
    ...asked,
    statistics: NOTHING,
    reached: {},
    violations: [],
    ...brokenBy(details, undefined),
  };
}

/** What every result says of the model it is about. */
export function commonOf(model: Model) {
  const { spec, variant, constants, overridden, unchecked } = model;
  const properties = model.properties.map(({ name }) => name);
  return { spec, variant, constants, overridden, properties, unchecked };
}

/** What a fault adds to a result. */
export function brokenBy(details: FaultDetails, trace: Trace | undefined) {
  const { place, what, advice } = details;
  return {
    verdict: 'broken' as const,
    place,
    what,
    advice,
    ...('cause' in details && { cause: details.cause }),
    ...(trace && { trace }),
  };
}

/** Puts the property's sentence and what it read to a finding. */
export function violationOf(
  { kind, property, parameters }: Fallen,
  evaluator: Evaluator,
  reads: Reads,
  { trace, rows }: Replayed,
): Violation {
  const common = { kind, property, ...(parameters && { parameters }), trace };
  if (kind === 'deadlock') return { ...common, reads: [] };
  const declared = evaluator.model.properties.find(({ name }) => name === property) ?? never(property);
  const { holds, says } = declared;
  const chosen = parameters ?? {};
  const judged = judgedOf(declared, rows);
  const states = judged.map((row) => evaluator.stateOf(row)) as readonly State[] as Judged;
  const last = states.at(-1) as State;
  // A property that has once not come back is not asked again for what it reads.
  const ask = (of: readonly State[]) =>
    evaluator.sparing(() =>
      evaluator.predicate(placeOf(declared, chosen), last, () => holds(of as Judged, chosen)),
    );
  return {
    ...common,
    reads: reads.of(judged, ask),
    ...(says && {
      says: evaluator.says({ part: 'says', name: property }, last, () => says(states, chosen)),
    }),
  };
}

function boundOf({ end: limit, noRoom }: Exploration, options: ExploreOptions): number | null {
  if (limit === 'memory') return noRoom ? null : (options.maxMemory ?? null);
  if (limit === 'states') return options.maxStates ?? null;
  if (limit === 'depth') return options.maxDepth ?? null;
  if (limit === 'seconds') return options.maxSeconds ?? null;
  return null;
}

function never(property: string): never {
  throw new Error(`a search reported property '${property}', which the model does not have`);
}
