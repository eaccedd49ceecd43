import type { ExploreOptions } from '../exploration';
import type { Model } from '../model/model';

/** Whether a search may end, at the end of a level, with so many properties fallen and so many reached. */
export function isEnough(
  { properties }: Model,
  { keepGoing, deadlock }: ExploreOptions,
  fallen: number,
  reached: number,
): boolean {
  if (fallen === 0) return false;
  return !keepGoing || fallen + reached === properties.length + (deadlock ? 1 : 0);
}
