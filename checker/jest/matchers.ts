import type { Event } from '../../spec/index';
import { validationText } from '../report/index';
import { validate } from '../validate/validate';
import { normaliseLabel } from '../trace/label';
import type { Trace } from '../trace/trace';
import { counted, grouped } from '../report/phrase';
import type { EverystateMatchers, ExpectedRun, ExplainOptions } from './augmentation';
import { outcomeOf, requireProperty } from './outcome';
import { resultOf, shown, specOf, undecided } from './received';

interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers as `expect.extend` takes them. Each is told nothing of `.not`: where a search can't tell, it throws. */
export const matchers: {
  readonly [M in Exclude<keyof EverystateMatchers<void, unknown>, 'toExplain'>]: (
    received: unknown,
    ...expected: never[]
  ) => Matched;
} & {
  readonly toExplain: (received: unknown, ...expected: never[]) => Promise<Matched>;
} = {
  toHold(received: unknown): Matched {
    const result = resultOf(received, 'toHold');
    if (result.verdict === 'incomplete' || result.verdict === 'broken')
      throw undecided(result, `expected '${result.spec}' to hold`);
    const pass = result.verdict === 'holds';
    return {
      pass,
      message: () =>
        `expected '${result.spec}' ${pass ? 'not to hold, but it does' : 'to hold'}\n\n${shown(result)}`,
    };
  },

  toViolate(received: unknown, property: string, run: ExpectedRun = {}): Matched {
    const result = resultOf(received, 'toViolate');
    const outcome = outcomeOf(result, property);
    const expectation = `expected ${property} to fall`;
    if (outcome.kind === 'undecided') throw undecided(result, expectation);
    if (outcome.kind === 'holds')
      return { pass: false, message: () => `${expectation}, but it holds\n\n${shown(result)}` };
    const differences =
      outcome.violation.trace === undefined ? [] : differencesOf(outcome.violation.trace, run);
    return {
      pass: differences.length === 0,
      message: () =>
        differences.length === 0
          ? `expected ${property} not to fall\n\n${shown(result)}`
          : `${property} falls, but ${differences.join(', and ')}\n\n${shown(result)}`,
    };
  },

  toReach(received: unknown, property: string, run: Pick<ExpectedRun, 'length'> = {}): Matched {
    const result = resultOf(received, 'toReach');
    requireProperty(result, property);
    const expectation = `expected ${property} to be reached`;
    const trace = Object.hasOwn(result.reached, property) ? result.reached[property] : undefined;
    if (trace === undefined) {
      const outcome = outcomeOf(result, property);
      if (outcome.kind === 'undecided') throw undecided(result, expectation);
      if (outcome.kind === 'holds' || outcome.violation.kind !== 'reachable')
        throw new Error(
          `${property} is no reachable property: toReach is for those; see toHold and toViolate`,
        );
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
  },

  toHaveDistinctStates(received: unknown, count: number): Matched {
    const result = resultOf(received, 'toHaveDistinctStates');
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
  },

  async toExplain(received: unknown, log: readonly Event[], options: ExplainOptions = {}): Promise<Matched> {
    const spec = specOf(received, 'toExplain');
    if (!Array.isArray(log))
      throw new Error(`expect(spec).toExplain wants a list of events, but got ${typeof log}`);
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
  },
};

/** How a run differs from what a test says about it. */
function differencesOf(trace: Trace, { length, lastAction }: ExpectedRun): string[] {
  const differences: string[] = [];
  if (length !== undefined && trace.length !== length)
    differences.push(
      `its shortest run has ${counted(trace.length, 'state')} (${counted(trace.steps.length, 'step')}), not ${length}`,
    );
  const last = trace.steps.at(-1);
  if (lastAction !== undefined && last?.action !== lastAction && last?.label !== normaliseLabel(lastAction))
    differences.push(`its last step is ${last?.label ?? 'none'}, not ${lastAction}`);
  return differences;
}
