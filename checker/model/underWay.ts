import type { EngineError } from './engineError';
import type { Fault } from './fault';

/**
 * A run of the user's code on stand-ins for values. Whatever is thrown through the user's code may be caught there, so
 * what counts is noted here as well.
 */
export interface Run {
  /** Something was refused that the value itself would have answered: what the run gives is void. */
  refused: boolean;
  /** What the engine could not go on for, or what it found at fault itself. */
  stopped: EngineError | Fault | undefined;
  /** What is read is only printed, and not to be noted. */
  quiet: boolean;
}

/** Runs under way, one inside the other where the user's code makes the engine begin another. */
const runs: Run[] = [];

/** Does something as part of a run. */
export function during<T>(run: Run, body: () => T): T {
  runs.push(run);
  try {
    return body();
  } finally {
    runs.pop();
  }
}

/** The runs under way have been stopped: none is. */
export function forgetRuns(): void {
  runs.length = 0;
}

/** Makes void what the runs under way give; false where there are none. */
export function voidRuns(): boolean {
  for (const run of runs) run.refused = true;
  return runs.length > 0;
}

/** Stops the runs under way: for an error that is about to be thrown through them. */
export function stopRuns(error: EngineError | Fault): void {
  for (const run of runs) run.stopped ??= error;
}

/** Reads something of the state to print it: what nobody but the reader of the output comes to see is not noted. */
export function quietly<T>(body: () => T): T {
  const before = runs.map(({ quiet }) => quiet);
  for (const run of runs) run.quiet = true;
  try {
    return body();
  } finally {
    runs.forEach((run, i) => (run.quiet = before[i] as boolean));
  }
}
