export {
  assertDoesNotExplain,
  assertDoesNotHold,
  assertDoesNotReach,
  assertDoesNotViolate,
  assertExplains,
  assertHasDistinctStates,
  assertHolds,
  assertReaches,
  assertViolates,
  describeSpec,
} from '../dist/checker/nodeTest/index.js';
