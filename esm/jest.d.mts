export * from '../dist/checker/jest/index.js';
