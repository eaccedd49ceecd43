export { matchers } from '../dist/checker/testing/index.js';
