import { SEEN_BASE } from '../../checker/kernel/codes';
import { HEADER } from '../../checker/kernel/layout';
import { Memory, OutOfMemory, Table } from '../../checker/kernel/memory';
import { OWN_ROOM } from '../../checker/kernel/ownRoom';

test('a table keeps what it holds as it grows, and the header says where it is', () => {
  const memory = new Memory();
  const table = new Table(memory, HEADER.WORDS, 4);
  table.words.set([1, 2, 3, 4]);
  const before = table.address;
  table.reserve(1000)[999] = 5;
  expect(table.address).not.toBe(before);
  expect([...table.words.subarray(0, 5)]).toEqual([1, 2, 3, 4, 0]);
  expect(memory.get(HEADER.WORDS)).toBe(table.address);
});

test('a table that no kernel reads is the same in room of its own', () => {
  const table = new Table(OWN_ROOM, HEADER.WORDS, 4);
  table.words.set([1, 2, 3, 4]);
  table.reserve(1000)[999] = 5;
  expect([...table.words.subarray(0, 5)]).toEqual([1, 2, 3, 4, 0]);
  expect(table.words[999]).toBe(5);
  expect(new Table(OWN_ROOM, HEADER.WORDS, 4).words).toEqual(new Int32Array(4));
});

test('what was freed is given again, as zeros, aligned', () => {
  const memory = new Memory();
  const first = memory.allocate(100);
  memory.words(first, 25).fill(7);
  memory.free(first, 100);
  const again = memory.allocate(120);
  expect(again).toBe(first);
  expect([...memory.words(again, 30)].every((word) => word === 0)).toBe(true);
  expect(memory.allocate(3) % 8).toBe(0);
});

test('tables that would run into the set of seen states end the search', () => {
  const memory = new Memory();
  expect(() => memory.allocate(SEEN_BASE)).toThrow(OutOfMemory);
});
