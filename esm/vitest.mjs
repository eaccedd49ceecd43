import { describe, expect, test } from 'vitest';
import { extendVitest } from '../dist/checker/vitest/index.js';
export { matchers } from '../dist/checker/vitest/index.js';
export const describeSpec = extendVitest({ describe, expect, test });
