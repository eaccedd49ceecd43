import type { Result } from '../result';
import type { Statistics } from '../exploration';
import type { Colours } from './colours';
import { labelled, wrap } from './layout';
import { counted, duration, listed, probability } from './phrase';
import { grouped } from '../value/grouped';

/** `288 distinct states · 1,146 generated · depth 11 · 0.02 s`. */
export function countsText(statistics: Statistics): string {
  return [
    counted(statistics.distinct, 'distinct state'),
    `${grouped(statistics.generated)} generated`,
    ...(statistics.outside > 0 ? [`${grouped(statistics.outside)} outside the constraint`] : []),
    `depth ${statistics.depth}`,
    duration(statistics.seconds),
  ].join(' · ');
}

/** A warning where an action never happens: what it would have done was not checked. */
export function idleLines(result: Result, colours: Colours): string[] {
  const idle = result.statistics.actions
    .filter(({ generated }) => generated === 0)
    .map(({ action }) => action);
  if (idle.length === 0) return [];
  const { distinct, outside } = result.statistics;
  const [actions, are, them] = idle.length === 1 ? ['action', 'is', 'it'] : ['actions', 'are', 'them'];
  const why =
    distinct === 0
      ? 'every initial state lies outside the constraint'
      : `no reachable state ${outside > 0 ? 'inside the constraint ' : ''}enables ${them}`;
  const text = `${actions} ${listed(idle)} ${are} never taken: ${why}`;
  return labelled('warning', wrap(text, 0, 0), colours.yellow);
}

/** What there is left to doubt where a search was exhausted: states are told apart by 64 bits. TLC's estimate. */
export function doubtText(statistics: Statistics): string[] {
  const { learning } = statistics;
  if (learning === undefined) return [];
  return [learning.exact ? 'whole states were compared: none was missed' : missedText(statistics)];
}

/** How likely it is that a state was missed: it would have been taken for another, and counted as met again. */
export function missedText({ learning, distinct, outside, generated }: Statistics): string {
  const seen = distinct + outside;
  const again = generated - seen;
  if (again <= 0) return 'no state was met twice, so that none was taken for another and missed';
  return `a state was missed with probability ${probability(learning?.missed || (seen * again) / 2 ** 64)}`;
}
