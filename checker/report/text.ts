import type { Broken, Holds, Result, Violated, Violation } from '../result';
import { coloursOf, type Colours } from './colours';
import { labelled, wrap } from './layout';
import type { ReportOptions } from './options';
import { brokenLines } from './textBroken';
import { countsText, doubtText, idleLines } from './textCounts';
import { incompleteLines, limitText } from './textIncomplete';
import { reachedLines, replayLines } from './textRuns';
import { statsLines } from './textStats';
import { violationHeadline, violationLines } from './textViolation';
import { titleOf } from './title';
import { undecidedOf } from '../undecided';

/** A result as people read it; the verdict and the command that replays it come last. */
export function reportText(result: Result, options: ReportOptions = {}): string {
  const colours = coloursOf(options);
  const stats = options.stats ? [...statsLines(result.statistics), ''] : [];
  return [titleOf(result, colours), '', ...stats, ...bodyOf(result, options, colours), ''].join('\n');
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
      return besideFaultLines(result, options, colours);
  }
}

function holdsLines(result: Holds, options: ReportOptions, colours: Colours): string[] {
  const { deadlock } = result;
  const promises = [...result.properties, ...(deadlock ? ['no deadlock'] : [])];
  const held =
    result.properties.length > 0
      ? promises.join(', ')
      : `${deadlock ? 'no deadlock; ' : ''}no ${deadlock ? 'other ' : ''}property was checked`;
  return [
    ...reachedLines(result, options, colours),
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
  const ended = !exhausted && result.limit === undefined && undecidedOf(result).length > 0;
  const searchOn = options.advise === 'command' ? '--keep-going' : 'keepGoing: true';
  return [
    ...fallenLines(violations, options, colours),
    ...reachedLines(result, options, colours),
    ...(exhausted ? idleLines(result, colours) : []),
    ...labelled(
      'violated',
      [
        ...violations.map(violationHeadline),
        countsText(statistics) + (ended ? ` · the search ended here, ${searchOn} goes on` : ''),
        ...openLines(result),
      ],
      (t) => colours.bold(colours.red(t)),
    ),
    ...replayLines(violations, options, colours),
  ];
}

/** What a limit left open where something fell: not the headline, but not hidden either. */
function openLines(result: Violated): string[] {
  const { limit, bound = null } = result;
  if (limit === undefined) return [];
  return [limitText(limit, bound), ...wrap(`undecided: ${undecidedOf(result).join(', ')}`, 0, 4)];
}

/** Where the spec is at fault, and what fell before or beside that. */
function besideFaultLines(result: Broken, options: ReportOptions, colours: Colours): string[] {
  const { violations } = result;
  if (violations.length === 0) return brokenLines(result, options, colours);
  return [
    ...fallenLines(violations, options, colours),
    ...labelled('violated', violations.map(violationHeadline), (t) => colours.bold(colours.red(t))),
    ...replayLines(violations, options, colours),
    '',
    ...brokenLines(result, options, colours),
  ];
}

function fallenLines(violations: readonly Violation[], options: ReportOptions, colours: Colours): string[] {
  return violations.flatMap((violation) => [...violationLines(violation, options, colours), '']);
}
