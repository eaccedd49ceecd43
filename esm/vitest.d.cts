import type {} from 'vitest';
import type { DescribeSpec, EverystateMatchers } from '../dist/checker/vitest/index.js';
export { matchers } from '../dist/checker/vitest/index.js';
export type {
  DescribeOptions,
  DescribeSpec,
  EverystateMatchers,
  ExpectedRun,
  ExplainOptions,
} from '../dist/checker/vitest/index.js';

/** `DescribeSpec` for Vitest. */
export declare const describeSpec: DescribeSpec;

declare module 'vitest' {
  interface Assertion<T = any> extends EverystateMatchers<void, T> {}
}
