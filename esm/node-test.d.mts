export * from '../dist/checker/nodeTest/index.js';
