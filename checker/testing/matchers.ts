import type { Event } from '../../spec/index';
import type { EverystateMatchers, ExpectedRun, ExplainOptions } from './expected';
import {
  judgeDistinctStates,
  judgeExplains,
  judgeHolds,
  judgeReaches,
  judgeViolates,
  type Judgement,
} from './judge';
import type { Wording } from './wording';

/**
 * The matchers bare, as `expect.extend` takes them in Jest, Vitest and whatever else has one. Each is told nothing of
 * `.not`: where a search can't tell, it throws.
 */
export const matchers: {
  readonly [M in Exclude<keyof EverystateMatchers<void, unknown>, 'toExplain'>]: (
    received: unknown,
    ...expected: any[]
  ) => Judgement;
} & {
  readonly toExplain: (received: unknown, ...expected: any[]) => Promise<Judgement>;
} = {
  toHold: (received) => judgeHolds(received, expectation('toHold')),
  toViolate: (received, property: string, run?: ExpectedRun) =>
    judgeViolates(received, expectation('toViolate'), property, run),
  toReach: (received, property: string, run?: Pick<ExpectedRun, 'length'>) =>
    judgeReaches(received, expectation('toReach'), property, run),
  toHaveDistinctStates: (received, count: number) =>
    judgeDistinctStates(received, expectation('toHaveDistinctStates'), count),
  toExplain: (received, log: readonly Event[], options?: ExplainOptions) =>
    judgeExplains(received, expectation('toExplain'), log, options),
};

function expectation(matcher: string): Wording {
  return { name: `expect(…).${matcher}`, on: (judged) => `expect(${judged}).${matcher}(…)` };
}
