import { describeSpecIn, type DescribeSpec, type Runner } from '../testing/describeSpec';
import { matchers } from '../testing/matchers';

export type { DescribeOptions, DescribeSpec } from '../testing/describeSpec';
export type { EverystateMatchers, ExpectedRun, ExplainOptions } from '../testing/expected';
export { matchers };

/** What of Vitest is used. */
export interface Vitest extends Runner {
  readonly expect: { extend(matchers: any): void };
}

/** Adds the matchers to Vitest's `expect`. Vitest is handed over, since only an ESM file can import it. */
export function extendVitest(vitest: Vitest): DescribeSpec {
  vitest.expect.extend(matchers);
  return describeSpecIn(() => vitest);
}
