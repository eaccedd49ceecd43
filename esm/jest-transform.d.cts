export { process } from '../dist/checker/jest/transform.js';
