import { HEADER } from '../../checker/kernel/layout';
import { Memory } from '../../checker/kernel/memory';
import { MISS, TrieNodes } from '../../checker/learn/trieNodes';

test('a new trie has nothing learned, and no other has its slot', () => {
  const memory = new Memory();
  const nodes = new TrieNodes(memory, HEADER.WORDS);
  const roots = Array.from({ length: 5000 }, () => nodes.root());
  expect(new Set(roots).size).toBe(5000);
  expect(roots.every((root) => nodes.words[root] === MISS)).toBe(true);
  expect(memory.get(HEADER.WORDS)).toBe(nodes.words.byteOffset); // where the kernel finds them, however they grow
});
