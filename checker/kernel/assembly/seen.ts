import { SEEN_BASE } from '../codes';
import { header } from './header';

/**
 * The set of fingerprints of the states seen: open addressing, 8 bytes a slot, 0 where one is free. A fingerprint belongs at
 * the slot that is to all slots as its low half is to 2^32, so that the table can grow in place.
 */
export class Seen {
  /** The address of the slot where a fingerprint belongs, in a table of that many. */
  @inline
  static homeOf(fingerprint: u64, room: u64): usize {
    return <usize>SEEN_BASE + (usize(((fingerprint & 0xffffffff) * room) >> 32) << 3);
  }

  /** What stands for a fingerprint in its slot. */
  @inline
  static keyOf(fingerprint: u64): u64 {
    return fingerprint === 0 ? 1 : fingerprint;
  }
}

/** Puts a fingerprint in the set of seen states: 1 where it is new, 0 where not, -1 where there's no room. */
export function add(fingerprint: u64, home: usize): i32 {
  const key = Seen.keyOf(fingerprint);
  const end = header.seenEnd;
  let slot = home;
  while (slot !== end) {
    const there = atomic.load<u64>(slot);
    if (there === key) return 0;
    if (there === 0) {
      // Another thread may have been faster.
      const before = atomic.cmpxchg<u64>(slot, 0, key);
      if (before === 0) return 1;
      if (before === key) return 0;
    }
    slot += 8;
  }
  return -1;
}

/** Does the same for callers that have no 64-bit numbers. */
export function addHalves(lower: u32, upper: u32): i32 {
  const fingerprint = u64(lower) | (u64(upper) << 32);
  return add(fingerprint, Seen.homeOf(fingerprint, header.seenRoom));
}
