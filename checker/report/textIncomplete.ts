import type { Incomplete } from '../result';
import { undecidedOf } from '../undecided';
import type { Colours } from './colours';
import { labelled, wrap } from './layout';
import type { ReportOptions } from './options';
import { counted } from './phrase';
import { grouped } from '../value/grouped';
import { countsText } from './textCounts';
import { reachedLines } from './textRuns';

/** Which limit ended the search, what it covered, what it left, and how to go further. */
export function incompleteLines(result: Incomplete, options: ReportOptions, colours: Colours): string[] {
  const { statistics } = result;
  const undecided = undecidedOf(result);
  const covered = [
    countsText(statistics),
    `${counted(statistics.frontier, 'state')} not expanded yet, and whatever lies behind them`,
    ...(undecided.length > 0 ? wrap(`undecided: ${undecided.join(', ')}`, 0, 4) : []),
  ];
  return [
    ...reachedLines(result, options, colours),
    ...labelled('incomplete', [limitText(result.limit, result.bound), ...covered], (t) =>
      colours.bold(colours.yellow(t)),
    ),
    ...labelled('next', wrap(remedy(result, options), 0, 0), colours.cyan),
  ];
}

/** `the limit of 20 distinct states was reached`. */
export function limitText(limit: Incomplete['limit'], bound: number | null): string {
  switch (limit) {
    case 'states':
      return `the limit of ${counted(bound ?? 0, 'distinct state')} was reached`;
    case 'depth':
      return `the limit of depth ${grouped(bound ?? 0)} was reached`;
    case 'seconds':
      return `the limit of ${counted(bound ?? 0, 'second')} was reached`;
    case 'memory':
      return bound === null ? 'memory ran out' : `the limit of ${counted(bound, 'megabyte')} was reached`;
    case 'aborted':
      return 'it was interrupted';
  }
}

function remedy({ limit, bound }: Incomplete, { advise }: ReportOptions): string {
  const command = advise === 'command';
  const smaller = 'or make the model smaller (constants, constraint)';
  const raise = (flag: string, option: string, value: number) =>
    `nothing fell in what was covered; raise ${command ? `${flag} ${value}` : `${option}: ${value}`}, ${smaller}`;
  switch (limit) {
    case 'states':
      return raise('--max-states', 'maxStates', (bound ?? 0) * 10);
    case 'depth':
      return raise('--max-depth', 'maxDepth', (bound ?? 0) * 2);
    case 'seconds':
      return raise('--max-seconds', 'maxSeconds', (bound ?? 0) * 10);
    case 'memory':
      return bound === null
        ? `nothing fell in what was covered; give Node's heap more (NODE_OPTIONS=--max-old-space-size=8000), ${smaller}; the tables of a search end at 4 GiB`
        : raise('--max-memory', 'maxMemory', bound * 2);
    case 'aborted':
      return 'nothing fell in what was covered; let it run to the end to know';
  }
}
