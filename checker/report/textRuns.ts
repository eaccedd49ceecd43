import type { Result, Violation } from '../result';
import type { Trace } from '../trace/trace';
import type { Colours } from './colours';
import { labelled, wrap } from './layout';
import type { ReportOptions } from './options';
import { counted } from './phrase';
import { RECORDED, isLong, replayCommand } from './replayCommand';

/** A run that shows something of a property. */
interface Run {
  readonly property: string;
  readonly trace: Trace;
}

/** How long the shortest runs to the reachable properties are, and beneath that how to take them again. */
export function reachedLines(result: Result, { replay }: ReportOptions, colours: Colours): string[] {
  const runs = Object.entries(result.reached).map(([property, trace]) => ({ property, trace }));
  if (runs.length === 0) return [];
  const lengths = runs.map(
    ({ property, trace }) => `${property} after ${counted(trace.steps.length, 'step')}`,
  );
  const commands = replay === undefined ? [] : commandsFor(runs, replay).flat();
  return labelled('reached', [...wrap(lengths.join(', '), 0, 0), ...commands], colours.cyan);
}

/** How to take the runs again in which something fell. */
export function replayLines(
  violations: readonly Violation[],
  { replay }: ReportOptions,
  colours: Colours,
): string[] {
  if (replay === undefined) return [];
  const runs = violations.flatMap(({ trace, property }) =>
    trace === undefined ? [] : [{ trace, property }],
  );
  return commandsFor(runs, replay).flatMap((lines) => labelled('replay', lines, colours.cyan));
}

/** A command line for each run, those that take a recorded one together beneath how to record it. */
function commandsFor(runs: readonly Run[], replay: readonly string[]): string[][] {
  const commands = (of: readonly Run[]) =>
    // Properties that are decided at one step share their run.
    [...new Set(of.map(({ trace, property }) => replayCommand(replay, trace, property)))];
  const longs = commands(runs.filter(({ trace }) => isLong(trace)));
  return [
    ...commands(runs.filter(({ trace }) => !isLong(trace))).map((command) => [command]),
    ...(longs.length === 0
      ? []
      : [[`too long for a command line; check again with --format json --out ${RECORDED}, then:`, ...longs]]),
  ];
}
