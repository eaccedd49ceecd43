import { jestGlobals } from './globals';
import { matchers } from './matchers';

export type { EverystateMatchers, ExpectedRun, ExplainOptions } from './augmentation';
export { describeSpec, type DescribeOptions } from './describeSpec';

jestGlobals().expect.extend(matchers);
