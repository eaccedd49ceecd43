import { Frontier } from '../../checker/store/frontier';
import { FingerprintSet } from '../../checker/store/fingerprintSet';
import { LevelThreads } from '../../checker/threads/levelThreads';
import { SEEN_BASE } from '../../checker/kernel/codes';
import { HEADER } from '../../checker/kernel/layout';
import { Memory } from '../../checker/kernel/memory';

type Fingerprint = readonly [low: number, high: number];
const STATES = 400_000;

/** Numbers as random as these. */
function* random(seed: number): Generator<number, never> {
  for (let x = seed; ;) {
    x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    yield x ^ (x >>> 12);
  }
}

/** Fingerprints whose homes are spread as hashes are, but for every tenth, which shares one with two others. */
function fingerprints(): Fingerprint[] {
  const numbers = random(7);
  let shared = 0;
  return Array.from({ length: STATES }, (_, k) => {
    const low = numbers.next().value;
    if (k % 30 === 0) shared = low;
    return [k % 10 === 0 ? shared : low, numbers.next().value] as const;
  });
}

/** The set's slots that are taken. */
function taken(memory: Memory): number {
  const words = memory.words(SEEN_BASE, (memory.get(HEADER.SEEN_END) - SEEN_BASE) / 4);
  let count = 0;
  for (let k = 0; k < words.length; k += 2) if (words[k] !== 0 || words[k + 1] !== 0) count++;
  return count;
}

test.each([
  ['one thread', 0],
  ['two threads', 2],
  ['three threads', 3],
])('the set of seen states keeps what is in it as it grows: %s', async (_name, threads) => {
  const memory = new Memory();
  const frontier = new Frontier(memory);
  const fingerprintSet = new FingerprintSet(memory, frontier);
  const levelThreads = threads > 0 ? new LevelThreads(memory, frontier, threads) : undefined;
  try {
    await levelThreads?.ready();
    const all = fingerprints();
    let growths = 0;
    for (const [low, high] of all) {
      if (fingerprintSet.full) {
        growths++;
        if (levelThreads) await fingerprintSet.growTogether((...of) => levelThreads.move(...of));
        else fingerprintSet.grow();
      }
      if (!fingerprintSet.add(low, high)) throw new Error('a new fingerprint is said to be there');
    }
    expect(growths).toBeGreaterThan(8);
    expect(taken(memory)).toBe(STATES);
    expect(all.filter(([low, high]) => fingerprintSet.add(low, high))).toEqual([]);
  } finally {
    await levelThreads?.release(true);
  }
});
