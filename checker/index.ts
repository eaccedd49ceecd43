export { check, type CheckOptions } from './check';
export { compareVariants, type CompareOptions } from './compare/compareVariants';
export type { Cell, Comparison, Making } from './compare/comparison';
export type { ActionCount, ActionLearning, Learning, Limit, Progress, Statistics } from './exploration';
export { stateGraph, type GraphOptions, type StateGraph } from './graph/stateGraph';
export type { Bounds } from './budget/limits';
export { environmentsOf, type Environments } from './model/environments';
export type { Place } from './model/fault';
export { UsageError } from './model/usageError';
export { replay, type Replay, type ReplayOptions } from './replay';
export type { Broken, Holds, Incomplete, Result, Verdict, Violated, Violation } from './result';
export type { Reading } from './property/reads';
export { validate, type ValidateOptions } from './validate/validate';
export type { ValidationProgress } from './validate/search';
export type {
  AllowedEvent,
  Explained,
  Unexplained,
  Validation,
  ValidationBroken,
  ValidationIncomplete,
  ValidationStatistics,
  Witness,
  WitnessStep,
} from './validate/validation';
export type { Change } from './trace/diff';
export type { Trace, TraceStep } from './trace/trace';
