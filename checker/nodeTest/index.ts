import { describe, test } from 'node:test';
import { describeSpecIn, type DescribeSpec } from '../testing/describeSpec';

export type { DescribeOptions, DescribeSpec } from '../testing/describeSpec';
export type { ExpectedRun, ExplainOptions } from '../testing/expected';
export {
  assertDoesNotExplain,
  assertDoesNotHold,
  assertDoesNotReach,
  assertDoesNotViolate,
  assertExplains,
  assertHasDistinctStates,
  assertHolds,
  assertReaches,
  assertViolates,
} from './assertions';

/** `DescribeSpec` for Node's test runner. */
export const describeSpec: DescribeSpec = describeSpecIn(() => ({
  describe: (name, body) => void describe(name, body),
  test: (name, body, timeout) => void test(name, { timeout }, body),
}));
