import { MOST_FILLED, OUTCOME, SEEN_BASE } from '../codes';
import { Context } from './context';
import { header } from './header';
import { Numbers, Records } from './numbers';
import { add, Seen } from './seen';
import { stopAll, takeRange } from './threads';
import { Move } from './tables';

/**
 * The table of seen states has become larger where it stands: moves what is in its first slots to where it belongs
 * now. 0 where that can't be done with the spare room.
 */
export function enlarge(slots: i32, spare: Numbers<u64>, spareRoom: i32): i32 {
  const end = header.seenEnd;
  const room = header.seenRoom;
  let kept = 0;
  const first: usize = SEEN_BASE;
  let at = first + ((<usize>slots) << 3);
  while (at !== first) {
    at -= 8;
    const fingerprint = load<u64>(at);
    if (fingerprint === 0) continue;
    store<u64>(at, 0);
    let free = Seen.homeOf(fingerprint, room);
    // What would go below goes last: it must not come to where the old table is still to be read.
    if (free < at) {
      if (kept === spareRoom) return 0;
      spare.put(kept, fingerprint);
      kept++;
    } else {
      while (load<u64>(free) !== 0) free += 8;
      if (free >= end) return 0;
      store<u64>(free, fingerprint);
    }
  }
  while (kept) {
    kept--;
    const fingerprint = spare.at(kept);
    if (add(fingerprint, Seen.homeOf(fingerprint, room)) < 0) return 0;
  }
  return 1;
}

/**
 * Does the same for ranges of slots beside other threads, each range within a part of the table of its own, which is
 * free. What finds no room there goes on the thread's list.
 */
export function move(c: Context): void {
  const room = header.seenRoom;
  const kept = changetype<Numbers<u64>>(c.filled);
  let count = c.filledCount;
  while (header.stop === 0) {
    const taken = takeRange();
    if (taken >= header.rangeCount) break;
    const range = changetype<Records<Move>>(header.ranges).at(taken);
    const end = range.to;
    const low = range.low;
    const high = range.high;
    for (let at = range.from; at !== end; at += 8) {
      const fingerprint = load<u64>(at);
      if (fingerprint === 0) continue;
      store<u64>(at, 0);
      let free = Seen.homeOf(fingerprint, room);
      if (free >= low) while (free < high && load<u64>(free) !== 0) free += 8;
      if (free >= low && free < high) store<u64>(free, fingerprint);
      else {
        if (count === MOST_FILLED) {
          stopAll(OUTCOME.OVERFULL);
          return;
        }
        kept.put(count, fingerprint);
        count++;
      }
    }
  }
  c.filledCount = count;
}
