import type { Holds, Result, Violated } from '../result';
import { coloursOf, type Colours } from './colours';
import { labelled, wrap } from './layout';
import type { ReportOptions } from './options';
import { replayCommand, selection } from './replayCommand';
import { brokenLines } from './textBroken';
import { countsText, doubtText, idleLines, reachedLines } from './textCounts';
import { incompleteLines } from './textIncomplete';
import { statsLines } from './textStats';
import { violationHeadline, violationLines } from './textViolation';

/** A result as people read it; the verdict and the command that replays it come last. */
export function reportText(result: Result, options: ReportOptions = {}): string {
  const colours = coloursOf(options);
  const stats = options.stats ? [...statsLines(result.statistics), ''] : [];
  return [titleOf(result, colours), '', ...stats, ...bodyOf(result, options, colours), ''].join('\n');
}

/** `die hard · unsolvable · GOAL=4`. */
export function titleOf(result: Pick<Result, 'spec' | 'variant' | 'overridden'>, colours: Colours): string {
  const constants = selection(null, result.overridden).filter((word) => word !== '-c');
  const name = colours.bold(result.variant === null ? result.spec : `${result.spec} · ${result.variant}`);
  return constants.length === 0 ? name : `${name} · ${constants.join(' ')}`;
}

function bodyOf(result: Result, options: ReportOptions, colours: Colours): string[] {
  switch (result.verdict) {
    case 'holds':
      return holdsLines(result, options, colours);
    case 'violated':
      return violatedLines(result, options, colours);
    case 'incomplete':
      return incompleteLines(result, options, colours);
    case 'broken':
      return brokenLines(result, options, colours);
  }
}

function holdsLines(result: Holds, { deadlock }: ReportOptions, colours: Colours): string[] {
  const promises = [...result.properties, ...(deadlock ? ['no deadlock'] : [])];
  const held =
    result.properties.length > 0
      ? promises.join(', ')
      : `${deadlock ? 'no deadlock; ' : ''}no ${deadlock ? 'other ' : ''}property was checked`;
  return [
    ...reachedLines(result, colours),
    ...idleLines(result, colours),
    ...labelled(
      'holds',
      [...wrap(held, 0, 0), countsText(result.statistics), ...doubtText(result.statistics)],
      (t) => colours.bold(colours.green(t)),
    ),
  ];
}

function violatedLines(result: Violated, options: ReportOptions, colours: Colours): string[] {
  const { violations, exhausted, statistics } = result;
  const traces = violations.flatMap(({ trace }) => (trace === undefined ? [] : [trace]));
  const { replay } = options;
  // Properties that fall at one step share their run.
  const replays = replay === undefined ? [] : new Set(traces.map((trace) => replayCommand(replay, trace)));
  const searchOn = options.advise === 'command' ? '--keep-going' : 'keepGoing: true';
  return [
    ...violations.flatMap((violation) => [...violationLines(violation, options, colours), '']),
    ...reachedLines(result, colours),
    ...(exhausted ? idleLines(result, colours) : []),
    ...labelled(
      'violated',
      [
        ...violations.map(violationHeadline),
        countsText(statistics) + (exhausted ? '' : ` · the search ended here, ${searchOn} goes on`),
      ],
      (t) => colours.bold(colours.red(t)),
    ),
    ...[...replays].flatMap((command) => labelled('replay', [command], colours.cyan)),
  ];
}
