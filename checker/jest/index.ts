import type {} from 'expect';
import { describeSpecIn, type DescribeSpec } from '../testing/describeSpec';
import type { EverystateMatchers } from '../testing/expected';
import { matchers } from '../testing/matchers';
import { jestGlobals } from './globals';

export type { DescribeOptions, DescribeSpec } from '../testing/describeSpec';
export type { EverystateMatchers, ExpectedRun, ExplainOptions } from '../testing/expected';
export { matchers };

/** `DescribeSpec` for Jest. */
export const describeSpec: DescribeSpec = describeSpecIn(jestGlobals);

jestGlobals().expect.extend(matchers);

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how @types/jest lets matchers be added
  namespace jest {
    interface Matchers<R, T> extends EverystateMatchers<R, T> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends EverystateMatchers<R, T> {}
}
