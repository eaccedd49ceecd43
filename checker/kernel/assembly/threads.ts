import { header, Header } from './header';

/** What threads of one phase share: the ranges that are left, and whether to go on. */

/** The index of a range that no other thread takes; there may be none of that index. */
export function takeRange(): i32 {
  return atomic.add<i32>(changetype<usize>(header), 1, offsetof<Header>('nextRange'));
}

/** Has all threads stop where they are, and says why the search can't go on; 0 where it can, after this phase. */
export function stopAll(outcome: i32): void {
  if (outcome) header.failed = outcome;
  header.stop = 1;
}

/** The number of free chunks before one was taken off their list; 0 or less where there was none. */
export function takeFreeChunk(): i32 {
  return atomic.add<i32>(changetype<usize>(header), -1, offsetof<Header>('freeCount'));
}

/** The first page of some taken from those above the set of seen states. */
export function takePages(count: i32): i32 {
  return atomic.sub<i32>(changetype<usize>(header), count, offsetof<Header>('top')) - count;
}
