export { describeSpec } from '../dist/checker/jest/index.js';
