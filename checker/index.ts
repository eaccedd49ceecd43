export { check, type CheckOptions } from './check';
export type { ActionCount, Limit, Progress, Statistics } from './explore/exploration';
export { stateGraph, type GraphOptions, type StateGraph } from './graph/stateGraph';
export type { Place } from './model/fault';
export { UsageError } from './model/usageError';
export { replay, type Replay, type ReplayOptions } from './replay';
export type { Broken, Holds, Incomplete, Reading, Result, Verdict, Violated, Violation } from './result';
export type { Change } from './trace/diff';
export type { Trace, TraceStep } from './trace/trace';
