import type { Parameters } from '../../spec/index';
import type { State } from '../model/model';
import type { Change } from './diff';

/** One step of a trace. */
export interface TraceStep {
  /** 1 for the first step. */
  readonly number: number;
  readonly action: string;
  readonly parameters: Parameters;
  /** Which of the effect's changes was taken, from 1; absent where it gave only one. */
  readonly choice?: number;
  /** The action and its parameters as one line, unique among the steps enabled there; `replay` reads it. */
  readonly label: string;
  /** The action's own sentence, if it declares one. */
  readonly says?: string;
  readonly changes: readonly Change[];
  /** The state after the step. */
  readonly state: State;
}

/** A finite run: an initial state and the steps taken from it. Its length is its number of states. */
export interface Trace {
  /** Which of the spec's initial states it starts in, from 1. */
  readonly start: number;
  readonly initial: State;
  readonly steps: readonly TraceStep[];
  readonly length: number;
}
