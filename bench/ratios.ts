import { median } from './median';
import type { Contestant, RaceRecord, Run } from './record';

/** Which time of the search a ratio is of: the processor's unless said otherwise, since the clock runs on when others compute. */
export type Clock = 'processor' | 'elapsed';

/** Seconds of the search, the median of the runs; null where there are none. */
export function seconds({ runs }: Contestant, clock: Clock = 'processor'): number | null {
  return runs.length === 0 ? null : median(runs.map(({ search }) => search[clock]));
}

export function contestantOf(race: RaceRecord | undefined, name: string): Contestant | undefined {
  return race?.contestants.find((contestant) => contestant.name === name);
}

/** The count that all must come to: the known one, else ours. */
export function distinctOf({ distinct, contestants }: RaceRecord): number | null {
  return distinct ?? contestants[0]?.runs[0]?.distinct ?? null;
}

/**
 * How many times as fast ours is as another; null where one of them didn't come to its end or to the right
 * count, since a ratio of searches of different spaces says nothing.
 */
export function ratio(race: RaceRecord | undefined, name: string, clock: Clock = 'processor'): number | null {
  const [ours] = race?.contestants ?? [];
  const other = contestantOf(race, name);
  if (!race || !ours || !other || !agrees(race, ours) || !agrees(race, other)) return null;
  const own = seconds(ours, clock);
  const its = seconds(other, clock);
  return own === null || its === null || own === 0 ? null : its / own;
}

/** Distinct states a second of processor time; null where the count is not the right one. */
export function rate(race: RaceRecord | undefined, name: string): number | null {
  const contestant = contestantOf(race, name);
  if (!race || !contestant || !agrees(race, contestant)) return null;
  const distinct = distinctOf(race);
  const time = seconds(contestant);
  return distinct === null || time === null || time === 0 ? null : distinct / time;
}

function agrees(race: RaceRecord, { runs }: Contestant): boolean {
  const distinct = distinctOf(race);
  return runs.length > 0 && distinct !== null && runs.every((run) => run.distinct === distinct);
}

/** Resident bytes at most, of the whole process; null where they weren't measured. */
export function resident({ runs }: Contestant): number | null {
  const sizes = runs.flatMap(({ process }) => (process ? [process.resident] : []));
  return sizes.length === 0 ? null : median(sizes);
}

/** Seconds of processor time of the whole process; null where they weren't measured. */
export function processSeconds(runs: readonly Run[]): number | null {
  const times = runs.flatMap(({ process }) => (process ? [process.processor] : []));
  return times.length === 0 ? null : median(times);
}
