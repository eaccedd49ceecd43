import type { Event } from '../../spec/index';
import { counted } from '../report/phrase';
import { grouped } from '../value/grouped';
import { validationText } from '../report/index';
import { normaliseLabel } from '../trace/label';
import type { Trace } from '../trace/trace';
import { validate } from '../validate/validate';
import { requireOptions, shown as shownValue } from '../model/given';
import { UsageError, unknownName } from '../model/usageError';
import { propertyKind } from '../model/propertyKinds';
import type { Result, Violation } from '../result';
import {
  EXPLAIN_OPTIONS,
  REACHED_OPTIONS,
  RUN_OPTIONS,
  type ExpectedRun,
  type ExplainOptions,
} from './expected';
import { outcomeOf, requireProperty } from './outcome';
import { resultOf, shown, specOf, undecided } from './received';
import type { Wording } from './wording';

/** Whether an expectation is met, and what to say where that fails the test. */
export interface Judgement {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Expects every property to hold. Throws where the search can't tell, which fails the opposite too; so do all here. */
export function judgeHolds(received: unknown, wording: Wording): Judgement {
  const result = resultOf(received, wording);
  if (result.verdict === 'incomplete' || result.verdict === 'broken')
    throw undecided(result, `expected '${result.spec}' to hold`);
  const pass = result.verdict === 'holds';
  return {
    pass,
    message: () =>
      `expected '${result.spec}' ${pass ? 'not to hold, but it does' : 'to hold'}\n\n${shown(result)}`,
  };
}

/** Expects a property to fall, in a run that looks like `run`. */
export function judgeViolates(
  received: unknown,
  wording: Wording,
  property: string,
  run: ExpectedRun = {},
): Judgement {
  const result = resultOf(received, wording);
  requireOptions(wording.name, run, RUN_OPTIONS);
  const outcome = outcomeOf(result, property);
  const expectation = `expected ${property} to fall`;
  if (outcome.kind === 'undecided') throw undecided(result, expectation);
  if (outcome.kind === 'holds')
    return { pass: false, message: () => `${expectation}, but it holds\n\n${shown(result)}` };
  const { trace } = outcome.violation;
  const differences = trace === undefined ? runless(run) : differencesOf(trace, run);
  requireAction(result, run, `${property} falls, but ${differences.join(', and ')}`);
  return {
    pass: differences.length === 0,
    message: () =>
      differences.length === 0
        ? `expected ${property} not to fall\n\n${shown(result)}`
        : `${property} falls, but ${differences.join(', and ')}\n\n${shown(result)}`,
  };
}

/** Expects a reachable property to be reached, in a run of `length` states. */
export function judgeReaches(
  received: unknown,
  wording: Wording,
  property: string,
  run: Pick<ExpectedRun, 'length'> = {},
): Judgement {
  const result = resultOf(received, wording);
  requireOptions(wording.name, run, REACHED_OPTIONS);
  requireProperty(result, property);
  const expectation = `expected ${property} to be reached`;
  const trace = Object.hasOwn(result.reached, property) ? result.reached[property] : undefined;
  if (trace === undefined) {
    const outcome = outcomeOf(result, property);
    if (outcome.kind === 'undecided') throw undecided(result, expectation);
    if (outcome.kind === 'holds' || !isToBeReached(outcome.violation))
      throw new Error(`${property} is no reachable property, and ${wording.name} is for those alone`);
    return { pass: false, message: () => `${expectation}, but no state satisfies it\n\n${shown(result)}` };
  }
  const differences = differencesOf(trace, run);
  return {
    pass: differences.length === 0,
    message: () =>
      differences.length === 0
        ? `expected ${property} not to be reached, but it is, after ${counted(trace.steps.length, 'step')}`
        : `${property} is reached, but ${differences.join(', and ')}`,
  };
}

function isToBeReached({ kind }: Violation): boolean {
  return kind !== 'deadlock' && propertyKind(kind).holds === 'sometime';
}

/** Expects a finished search to have met so many distinct states. */
export function judgeDistinctStates(received: unknown, wording: Wording, count: number): Judgement {
  const result = resultOf(received, wording);
  if (!Number.isInteger(count) || count < 0)
    throw new UsageError(
      `${wording.name} wants a whole number of states, but got ${shownValue(count)}: no search has that many`,
    );
  if (result.verdict === 'incomplete' || result.verdict === 'broken')
    throw undecided(result, `expected ${counted(count, 'distinct state')}`);
  const { distinct } = result.statistics;
  return {
    pass: distinct === count,
    message: () =>
      distinct === count
        ? `expected '${result.spec}' not to have ${counted(count, 'distinct state')}`
        : `expected ${counted(count, 'distinct state')}, but '${result.spec}' has ${grouped(distinct)}${
            result.verdict === 'violated' && !result.exhausted
              ? `; the search ended at a violation of ${result.violations[0].property}`
              : ''
          }`,
  };
}

/** Expects some behavior of a spec to show exactly these events. */
export async function judgeExplains(
  received: unknown,
  wording: Wording,
  log: readonly Event[],
  options: ExplainOptions = {},
): Promise<Judgement> {
  const spec = specOf(received, wording);
  if (!Array.isArray(log)) throw new Error(`${wording.name} wants a list of events, but got ${typeof log}`);
  requireOptions(wording.name, options, EXPLAIN_OPTIONS);
  const validation = await validate(spec, log, options);
  const text = () => validationText(validation, { log });
  const { name } = spec;
  if (validation.verdict === 'incomplete' || validation.verdict === 'broken')
    throw new Error(`expected '${name}' to explain the log: this search can't tell\n\n${text()}`);
  const pass = validation.verdict === 'explained';
  return {
    pass,
    message: () =>
      `expected '${name}' ${pass ? 'not to explain the log, but it does' : 'to explain the log'}\n\n${text()}`,
  };
}

/** An action that the spec lacks is the last of no run, and would make the opposite pass. Throws `UsageError`. */
function requireAction({ statistics, spec }: Result, { lastAction }: ExpectedRun, what: string): void {
  if (lastAction === undefined) return;
  const actions = statistics.actions.map(({ action }) => action);
  const label = normaliseLabel(lastAction);
  const isOf = (action: string) =>
    label === action || label.startsWith(`${action}(`) || label.startsWith(`${action}[`);
  if (!actions.some(isOf))
    throw unknownName('action', label.split('(')[0] as string, actions, `${what}: spec '${spec}'`);
}

/** What can't be so of a reachable property that no state satisfies. */
function runless({ length, lastAction }: ExpectedRun): string[] {
  return length === undefined && lastAction === undefined
    ? []
    : ['it has no run that could look like anything: no state satisfies it'];
}

/** How a run differs from what a test says about it. */
function differencesOf(trace: Trace, { length, lastAction }: ExpectedRun): string[] {
  const differences: string[] = [];
  if (length !== undefined && trace.length !== length)
    differences.push(
      `its shortest run has ${counted(trace.length, 'state')} (${counted(trace.steps.length, 'step')}), not ${length}`,
    );
  const last = trace.steps.at(-1);
  if (
    lastAction !== undefined &&
    last?.action !== lastAction &&
    (last === undefined || normaliseLabel(last.label) !== normaliseLabel(lastAction))
  )
    differences.push(`its last step is ${last?.label ?? 'none'}, not ${lastAction}`);
  return differences;
}
