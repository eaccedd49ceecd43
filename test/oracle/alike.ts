import type { Spec } from 'everystate';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';
import type { Outcome, SearchOptions } from './outcome';

/** What all searches of a spec find; fails where they differ. */
export async function found(
  of: Spec,
  options: SearchOptions = { keepGoing: true, deadlock: false },
): Promise<Outcome> {
  const plain = await outcomeOf(of, searchByReference, options);
  expect(difference(searchNaively(of, options).outcome, plain)).toBeNull();
  for (const explore of Object.values({ ...WAYS_ASKED, ...WAYS_TAKEN }))
    expect(difference(plain, await outcomeOf(of, explore, options))).toBeNull();
  return plain;
}
