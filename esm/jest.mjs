export { describeSpec, matchers } from '../dist/checker/jest/index.js';
