import { Table, type Memory } from '../kernel/memory';
import { NODE } from '../kernel/codes';

/** Pointers: 0 nothing learned yet, above 0 a node, below 0 the leaf `-pointer`. */
export const MISS = 0;

const NODE_WORDS = 4;

/** The nodes of tries, and their root slots, in one array of words. */
export class TrieNodes {
  /** Replaced when it grows: read it anew after anything was learned. */
  words: Int32Array;
  private readonly table: Table;
  private end = 4;

  constructor(memory: Memory, field: number) {
    this.table = new Table(memory, field, 1 << 12);
    this.words = this.table.words;
  }

  /** A new, empty trie: the address of its root slot. */
  root(): number {
    return this.allocate(1);
  }

  /** How many values the node at a slot with a cell has room for. */
  roomAt(slot: number): number {
    return this.words[this.nodeAt(slot) + 1] as number;
  }

  /** The slot where one with a cell goes on for a value; itself where there is no room for it. */
  slotFor(slot: number, value: number): number {
    const node = this.nodeAt(slot);
    return value < (this.words[node + 1] as number) ? node + 2 + value : slot;
  }

  protected nodeAt(slot: number): number {
    let node = this.words[slot] as number;
    while (node > 0 && this.words[node] === NODE.MOVED)
      node = this.words[slot] = this.words[node + 1] as number;
    return node;
  }

  /**
   * Writes a word. Never `this.words[…] = something that allocates`: the array on the left is looked up
   * first, and what is written goes to the one that has just been outgrown.
   */
  put(at: number, word: number): void {
    this.words[at] = word;
  }

  protected cellNode(cell: number, room: number): number {
    const node = this.allocate(Math.max(NODE_WORDS, room + 2));
    this.words[node] = cell;
    this.words[node + 1] = Math.max(2, room);
    return node;
  }

  protected node(kind: number, a: number, b: number, c: number): number {
    const node = this.allocate(NODE_WORDS);
    this.words[node] = kind;
    this.words[node + 1] = a;
    this.words[node + 2] = b;
    this.words[node + 3] = c;
    return node;
  }

  /** Makes a four-word node a cell node whose child for absence is `absent`. */
  protected turnIntoCell(node: number, cell: number, absent: number): void {
    this.words[node] = cell;
    this.words[node + 1] = 2;
    this.words[node + 2] = absent;
    this.words[node + 3] = MISS;
  }

  private allocate(words: number): number {
    const at = this.end;
    this.end += words;
    this.words = this.table.reserve(this.end);
    return at;
  }
}
