import type { Bounds } from '../budget/limits';
import type { Result } from '../result';
import type { ValidationBounds } from '../validate/validation';
import type { Colours } from './colours';
import { counted, listed } from './phrase';
import { grouped } from '../value/grouped';
import { selection } from './replayCommand';

/** What a report is about, and what it was made with that is not the spec's own default. */
export interface Titled
  extends
    Pick<Result, 'spec' | 'variant' | 'overridden'>,
    Partial<Pick<Result, 'properties' | 'unchecked' | 'deadlock'>> {
  readonly bounds?: Bounds & ValidationBounds;
  readonly ignored?: readonly string[];
}

/** `die hard · unsolvable · GOAL=4 · notFour only · at most 1,000 states`. */
export function titleOf(titled: Titled, colours: Colours): string {
  const { spec, variant, overridden, ignored = [] } = titled;
  const name = colours.bold(variant === null ? spec : `${spec} · ${variant}`);
  const constants = selection(null, overridden).filter((word) => word !== '-c');
  return [
    name,
    ...(constants.length === 0 ? [] : [constants.join(' ')]),
    ...choiceOf(titled),
    ...(ignored.length === 0 ? [] : [`${listed(ignored)} not compared`]),
    ...boundTexts(titled.bounds ?? {}),
  ].join(' · ');
}

/** What of a spec's promises was asked for, where that was not all of them. */
function choiceOf({ properties = [], unchecked = [], deadlock }: Titled): string[] {
  const chosen = properties.length > 0 ? properties : deadlock ? ['deadlock'] : ['no property'];
  return [
    ...(unchecked.length > 0 ? [`${listed(chosen)} only`] : []),
    ...(deadlock === false ? ['deadlocks not looked for'] : []),
  ];
}

/** Each bound in its own words: `at most 1,000 states`, `to depth 5`. */
export function boundTexts({
  maxStates,
  maxDepth,
  maxHidden,
  maxSeconds,
  maxMemory,
}: Bounds & ValidationBounds): string[] {
  return [
    ...(maxStates === undefined ? [] : [`at most ${counted(maxStates, 'state')}`]),
    ...(maxDepth === undefined ? [] : [`to depth ${grouped(maxDepth)}`]),
    ...(maxHidden === undefined ? [] : [`at most ${counted(maxHidden, 'hidden step')} between two events`]),
    ...(maxSeconds === undefined ? [] : [`at most ${counted(maxSeconds, 'second')}`]),
    ...(maxMemory === undefined ? [] : [`at most ${counted(maxMemory, 'megabyte')}`]),
  ];
}
