import type { Learned } from './learner';

/**
 * What things take, by counts of what they do and never by a clock: the same run costs the same on any machine at any
 * hour. A unit is about a microsecond of a core of 2020 once the code is compiled; only ratios matter.
 *
 * Taken from means over thousands of runs each of single lane bridge, eight puzzle, provisioning, Paxos and sums over
 * growing Sets and Lists: a tracked run that notes 6 cells took 4 to 9 µs, one that notes 16 took 21, one that asks 16
 * predicates 8 more; plain calls of the same functions 0.2 to 1.4 µs, and those that ask predicates half as much for each
 * as tracked ones do.
 */

/** What a tracked run did. */
export interface Run {
  /** What it noted: cells read, walks, folds. */
  readonly noted: number;
  /** Calls of predicates about members, known ones that aren't there included. */
  readonly asked: number;
  /** Whether what it learned is going to be compared with two plain calls. */
  readonly audited?: boolean;
}

export function runOf({ events, asked }: Exclude<Learned, string>): Run {
  return { noted: events.length, asked };
}

export function costOfLearning({ noted, asked, audited }: Run): number {
  return 4 + 0.7 * noted + 0.5 * asked + (audited ? 2 * COMPARING : 0);
}

/** A plain call of the same function about the same state. */
export function costOfCalling({ noted, asked }: Run): number {
  return 0.3 + 0.06 * noted + 0.25 * asked;
}

/** What a function that nothing is known of is taken to cost when it is called. */
export const UNKNOWN_CALL = 0.8;

/** A state that is expanded: 0.35 µs (two-phase commit) to 2.3 (termination detection) in the kernel. */
export const EXPANDING = 0.5;

/** Putting a state's variables together for functions that are called, and a step that is taken by calling. */
export const STATE_CALLED = 10;
export const STEP_CALLED = 3;

/** A call to compare what was learned with, its share of putting the state together included; a predicate it asks. */
export const COMPARING = 15;
export const COMPARING_MEMBER = 0.5;
