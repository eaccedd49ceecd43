/**
 * The part of the search that runs for every state: it walks tries, computes fingerprints, looks them up, writes new
 * states and asks the judges, all of it over tables. Whatever isn't in them yet it leaves to its caller.
 */
export { find } from './find';
export { among, gather } from './gather';
export { enlarge } from './grow';
export { judge } from './judge';
export { run } from './run';
export { addHalves } from './seen';
export { take } from './take';
export { freshChunk, work } from './work';
