export type { EverystateMatchers, ExpectedRun, ExplainOptions } from './expected';
export { matchers } from './matchers';
