// Jest takes a compiled module's `default`; written by hand, this one is taken as it stands.
exports.process = require('../dist/checker/jest/transform.js').process;
