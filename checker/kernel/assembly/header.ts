import { HEADER_BASE } from '../codes';
import { Numbers, Records } from './numbers';
import { Fold, Given, Judge, Ranged, Step, Survivors } from './tables';
import { Tries } from './tries';

/** Words that all threads read; the main thread writes them while the others rest. */
@unmanaged
export class Header {
  /** Tries over states, and over steps. */
  words: Tries;
  pairWords: Tries;
  /** Fingerprints' parts: by cell, where those of its values begin; and all of them. */
  keys: Numbers<u64>;
  keyBase: Numbers<i32>;
  /** By leaf the number of its first step; its last one comes before the next leaf's first. */
  firstStep: Numbers<i32>;
  steps: Records<Step>;
  /** By place how many children it has, and the cells of those. */
  childCounts: Numbers<i32>;
  children: Numbers<Numbers<i32>>;
  folds: Records<Fold>;
  pairFolds: Records<Fold>;
  /** By leaf how many of its hits are still to be audited. */
  fresh: Numbers<u8>;
  judges: Records<Judge>;
  /** All instances of learned actions but those that ranges give. */
  roots: Survivors;
  pairJudges: Records<Judge>;
  /** Of `Range`s, or of `Move`s. */
  ranges: usize;
  freeChunks: Numbers<usize>;
  ranged: Records<Ranged>;
  /** By leaf of a range the address of what it gives. */
  rangeLeaves: Numbers<Given | null>;
  rangedCount: i32;
  pairJudgeCount: i32;
  /** Whether deadlocks are looked for. */
  deadlock: i32;
  /** Whether whole states are compared. */
  exact: i32;
  /** Bytes of a row. */
  stride: i32;
  chunkRoom: i32;
  chunkPages: i32;
  seenRoom: u32;
  seenEnd: usize;
  /** Whether the set of seen states is so large that slots had better be touched before they are needed. */
  prefetch: i32;
  rangeCount: i32;
  /** Whether threads move fingerprints in a table that has become larger, in place of expanding states. */
  moving: i32;
  /** Counters that threads share. */
  nextRange: i32;
  freeCount: i32;
  top: i32;
  floor: i32;
  phase: i32;
  busy: i32;
  ready: i32;
  failed: i32;
  stop: i32;
}

export const header = changetype<Header>(HEADER_BASE);
