import { ZobristKeys } from '../../checker/kernel/zobrist';
import { DIGEST_WORDS } from '../../checker/value/digest';
import { Values } from '../../checker/value/values';

/** Keys of paths like those of specs: variables, and entries below them by small numbers and by text. */
function keysOf(paths: number, locals: number): Int32Array {
  const values = new Values();
  const keys = new ZobristKeys();
  const at = (value: unknown) => {
    const at = values.idOf(value) * DIGEST_WORDS;
    return { words: values.digests.words, at };
  };
  const all = new Int32Array(2 * paths * locals);
  for (let path = 0; path < paths; path++) {
    if (path % 10 === 0) keys.addVariable(`v${path / 10}`);
    else keys.addBelow(path - (path % 10), at(path % 2 === 0 ? path % 10 : `r${path % 10}`));
    for (let local = 0; local < locals; local++)
      all.set(
        keys.keyOf(path, at(local % 2 === 0 ? local >> 1 : `${local >> 1}`)),
        2 * (path * locals + local),
      );
  }
  return all;
}

/** How often two neighbors are equal in order. */
function repeats(words: Uint32Array): number {
  const sorted = words.sort();
  let count = 0;
  for (let k = 1; k < sorted.length; k++) if (sorted[k] === sorted[k - 1]) count++;
  return count;
}

describe('keys', () => {
  test('of millions of cells and values collide as random numbers do', () => {
    const keys = keysOf(1000, 2000);
    const count = keys.length / 2;
    const parts: [string, (low: number, high: number) => number][] = [
      ['low half', (low) => low],
      ['high half', (_low, high) => high],
      ['xor of the halves', (low, high) => low ^ high],
    ];
    const expected = (count * (count - 1)) / 2 / 2 ** 32;
    for (const [name, part] of parts) {
      const words = Uint32Array.from({ length: count }, (_, k) => part(keys[2 * k]!, keys[2 * k + 1]!));
      const found = repeats(words);
      expect([name, Math.abs(found - expected) < 6 * Math.sqrt(expected), found]).toEqual([
        name,
        true,
        found,
      ]);
    }
    const both = new BigUint64Array(keys.buffer).sort();
    for (let k = 1; k < both.length; k++) if (both[k] === both[k - 1]) throw new Error('two keys are equal');
  });

  test('of the same values in several cells have no relation that would cancel in a fingerprint', () => {
    const [paths, locals] = [40, 40];
    const keys = new BigUint64Array(keysOf(paths, locals).buffer);
    const at = (path: number, local: number) => keys[path * locals + local] as bigint;
    // Were two differences equal, a state could change two cells and keep its fingerprint.
    const differences = new Set<bigint>();
    for (let path = 0; path < paths; path++)
      for (let one = 0; one < locals; one++)
        for (let other = 0; other < one; other++) differences.add(at(path, one) ^ at(path, other));
    expect(differences.size).toBe((paths * locals * (locals - 1)) / 2);
    // Nor is any of a few dozens the xor of some of the others.
    for (let from = 0; from + 32 <= keys.length; from += 32)
      expect(rank(keys.slice(from, from + 32))).toBe(32);
  });

  test('have each bit set in half of the cases', () => {
    const keys = keysOf(100, 100);
    for (let bit = 0; bit < 64; bit++) {
      let set = 0;
      for (let k = bit >> 5; k < keys.length; k += 2) set += (keys[k]! >>> (bit & 31)) & 1;
      expect(Math.abs(set - 5000)).toBeLessThan(6 * 50);
    }
  });
});

/** How many of some numbers are no xor of others among them. */
function rank(numbers: BigUint64Array): number {
  const basis: bigint[] = [];
  for (const number of numbers) {
    let rest = number;
    for (const known of basis) if ((rest ^ known) < rest) rest ^= known;
    if (rest !== 0n) basis.push(rest);
  }
  return basis.length;
}
