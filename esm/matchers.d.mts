export * from '../dist/checker/testing/index.js';
