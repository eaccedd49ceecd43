import type { Event } from '../../spec/index';
import type { Limit } from '../exploration';
import type { State } from '../model/model';
import type { Broken, Result } from '../result';
import type { Trace, TraceStep } from '../trace/trace';

/** A step of a run that explains a log. */
export interface WitnessStep extends TraceStep {
  /** Which of the log's events the step shows, from 1; absent for a hidden step. */
  readonly event?: number;
  /** All that the spec says can be seen of the step. */
  readonly observed?: Event;
}

/** A run that shows the log's events, or the first of them, in their order and no others. */
export interface Witness extends Trace {
  readonly steps: readonly WitnessStep[];
}

/** Counts of a search for an explanation. */
export interface ValidationStatistics {
  /** Pairs of a state and a number of events seen by then: what was visited, once each. */
  readonly states: number;
  /** Steps tried. */
  readonly generated: number;
  /** The most states that were visited between two events. */
  readonly widest: number;
  /** States outside the constraint: not followed. */
  readonly outside: number;
  readonly seconds: number;
}

/** Bounds as they were given: see `ValidateOptions`. */
export interface ValidationBounds {
  readonly maxStates?: number;
  readonly maxHidden?: number;
  readonly maxSeconds?: number;
}

interface Common extends Pick<Result, 'spec' | 'variant' | 'constants' | 'overridden'> {
  /** How many events the log has. */
  readonly events: number;
  /** The fields that were not compared, beside `time`. */
  readonly ignored: readonly string[];
  /** The bounds that were set. */
  readonly bounds: ValidationBounds;
  readonly statistics: ValidationStatistics;
}

/** Some behavior of the spec begins with exactly these events. */
export interface Explained extends Common {
  readonly verdict: 'explained';
  readonly witness: Witness;
}

/** Every behavior of the spec was followed as far as it agrees with the log, and none goes all the way. */
export interface Unexplained extends Common {
  readonly verdict: 'unexplained';
  /** How many events the longest prefix has that some behavior shows; the event after it is the refused one. */
  readonly explained: number;
  readonly refused: Event;
  /** A run that shows that prefix. */
  readonly witness: Witness;
  /** In how many states the system could be then, hidden steps taken or not. */
  readonly stateCount: number;
  /** A few of them, with the fewest hidden steps since the last event. */
  readonly states: readonly State[];
  /** How many different events could have come next. */
  readonly allowedCount: number;
  /** The ones that agree with the refused event in the most fields. */
  readonly allowed: readonly AllowedEvent[];
}

/** What could have been seen where the log says something else. */
export interface AllowedEvent {
  readonly event: Event;
  /** The actions that show it. */
  readonly actions: readonly string[];
  /** The log line's fields that this event has as well. */
  readonly agrees: readonly string[];
  /** The log line's fields that this event has otherwise, or not at all. */
  readonly differs: readonly string[];
}

/** A limit ended the search before it could tell. */
export interface ValidationIncomplete extends Common {
  readonly verdict: 'incomplete';
  readonly limit: Exclude<Limit, 'depth'> | 'hidden';
  readonly bound: number | null;
  /** The longest prefix that was explained until then, and a run that shows it. */
  readonly explained: number;
  readonly witness: Witness;
}

/** The spec itself is at fault. */
export type ValidationBroken = Common &
  Pick<Broken, 'verdict' | 'place' | 'what' | 'advice' | 'cause' | 'trace'>;

/** What `validate` returns. Only *explained* is green. */
export type Validation = Explained | Unexplained | ValidationIncomplete | ValidationBroken;
