import { GROUP, HEADER, SURVIVOR, SURVIVORS } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import { RANKS, type Instance } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import type { Tries } from '../learn/tries';

const LIST_WORDS = SURVIVORS.ENTRIES >> 2;
const ENTRY_WORDS = SURVIVOR.BYTES >> 2;
const GROUP_WORDS = GROUP.BYTES >> 2;
/** Entries that read the same cell next are a group from so many on: fewer save less than the group takes. */
const LEAST_GROUP = 5;
/** Words, and looks at entries for each, from which on values share a list: the tables must not take longer than they save. */
const MANY_WORDS = 1 << 14;
const MANY_WORDS_EACH = 1 << 6;
const LOOKS_A_WORD = 4;

/** Where to go on in a trie, and whose it is. */
interface Entry {
  readonly slot: number;
  readonly instance: Instance;
}

/** A list to be written: of the members of a group, for a value. */
interface Pending {
  /** The word that is to hold its address. */
  readonly at: number;
  readonly members: readonly Entry[];
  readonly value: number;
  /** The list that serves where there are too many. */
  readonly all: number;
}

/**
 * Tries sorted by the cell they read first, then by its value, then by the cell that they read next, and so on: most
 * instances of most actions are disabled by their first reads, many by the same ones, and a state need look at each of
 * those once. Tables stay right as tries grow; made anew, they are tighter. For the kernel a list is [entries, groups, the
 * entries, the groups], and a group [cell, values, address of the addresses of its lists by value, list for values that
 * came later]; the address of a list of nothing is 0.
 */
export class RootTables {
  /** Words of the tables. */
  size = 0;
  private readonly table: Table;

  constructor(
    private readonly memory: Memory,
    private readonly tries: Tries,
  ) {
    this.table = new Table(memory, undefined, 1 << 10);
  }

  /** Makes the tables for these instances. */
  sort(instances: readonly Instance[]): void {
    const { words, addresses } = new Sorting(this.tries, instances);
    this.size = words.length;
    const placed = this.table.reserve(words.length);
    const { address } = this.table;
    placed.set(words);
    for (const at of addresses) placed[at] = address + (words[at] as number) * 4;
    this.memory.set(HEADER.ROOTS, address);
  }

  /** The address of a list of instances from their roots; the k-th has rank `rank + rankOf(k)`. */
  list(instances: readonly Instance[], rank: number, rankOf = (k: number): number => k): number {
    const address = this.memory.allocate(listBytes(instances));
    const words = this.memory.words(address, listBytes(instances) >> 2);
    words.set([instances.length, 0]);
    instances.forEach(({ root, number }, k) =>
      words.set([root, rank + (rankOf(k) % RANKS), root, number], LIST_WORDS + k * ENTRY_WORDS),
    );
    return address;
  }

  /** Gives back what `list` gave for as many instances. */
  free(address: number, instances: readonly Instance[]): void {
    this.memory.free(address, listBytes(instances));
  }
}

/** The sorting of some instances: the list of all of them is the first. */
class Sorting {
  readonly words: number[] = [];
  /** The words that are addresses: they hold the index in `words` of what they are to be the address of. */
  readonly addresses: number[] = [];
  /** First in, first out: what is looked at first has tables first. */
  private readonly pending: Pending[] = [];

  constructor(
    private readonly tries: Tries,
    instances: readonly Instance[],
  ) {
    const many = MANY_WORDS + MANY_WORDS_EACH * instances.length;
    let looks = 0;
    this.put(instances.map((instance) => ({ slot: instance.root, instance })));
    for (const { at, members, value, all } of this.pending) {
      looks += members.length;
      if (this.words.length > many || looks > many * LOOKS_A_WORD) this.point(at, all);
      else {
        const entries = this.after(members, value);
        if (entries.length > 0) this.point(at, this.put(entries));
      }
    }
  }

  /** Writes a list of these entries, those that read the same cell next in groups. Gives its index. */
  private put(entries: readonly Entry[]): number {
    const groups = this.groupsOf(entries);
    const grouped = new Set(groups.flatMap(([, members]) => members));
    const list = this.putList(
      entries.filter((entry) => !grouped.has(entry)),
      groups.length,
    );
    const first = this.reserve(groups.length * GROUP_WORDS);
    for (const [k, [cell, members]] of groups.entries())
      this.putGroup(first + k * GROUP_WORDS, cell, members);
    return list;
  }

  private putGroup(at: number, cell: number, members: readonly Entry[]): void {
    const { words, tries, pending } = this;
    const values = members.reduce((most, { slot }) => Math.max(most, tries.roomAt(slot)), 0);
    const all = this.putList(members, 0);
    const byValue = this.reserve(values);
    words[at + (GROUP.CELL >> 2)] = cell;
    words[at + (GROUP.VALUES >> 2)] = values;
    this.point(at + (GROUP.BY_VALUE >> 2), byValue);
    this.point(at + (GROUP.OTHERWISE >> 2), all);
    for (let value = 0; value < values; value++) pending.push({ at: byValue + value, members, value, all });
  }

  /** Writes a list but for its groups, which are to follow. */
  private putList(entries: readonly Entry[], groups: number): number {
    const { words } = this;
    const list = words.length;
    words.push(entries.length, groups);
    for (const { slot, instance } of entries) words.push(slot, instance.rank, instance.root, instance.number);
    return list;
  }

  /** Words to be written later: the index of the first. */
  private reserve(count: number): number {
    const first = this.words.length;
    for (let k = 0; k < count; k++) this.words.push(0);
    return first;
  }

  private point(at: number, index: number): void {
    this.words[at] = index;
    this.addresses.push(at);
  }

  /** The entries that read the same cell next, by that cell. */
  private groupsOf(entries: readonly Entry[]): [cell: number, members: Entry[]][] {
    const byCell = new Map<number, Entry[]>();
    for (const entry of entries) {
      const cell = this.tries.cellAt(entry.slot);
      if (cell === undefined) continue;
      const members = byCell.get(cell);
      if (members) members.push(entry);
      else byCell.set(cell, [entry]);
    }
    return [...byCell].filter(([, members]) => members.length >= LEAST_GROUP);
  }

  /** Where the members of a group go on for a value, but those that are disabled by it. */
  private after(members: readonly Entry[], value: number): Entry[] {
    const { tries } = this;
    return members.flatMap(({ slot, instance }) => {
      const next = tries.slotFor(slot, value);
      return tries.words[next] === -DISABLED ? [] : [{ slot: next, instance }];
    });
  }
}

function listBytes(instances: readonly Instance[]): number {
  return (LIST_WORDS + instances.length * ENTRY_WORDS) * 4;
}
