import { HEADER, SURVIVOR } from '../kernel/layout';
import { Table, type Memory } from '../kernel/memory';
import { RANKS, type Instance } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import type { Tries } from '../learn/tries';

const LIST_WORDS = 2;
const ENTRY_WORDS = SURVIVOR.BYTES >> 2;
const GROUP_WORDS = 4;

/** Where to go on in a trie, and whose it is. */
interface Entry {
  readonly slot: number;
  readonly instance: Instance;
}

/**
 * Tries sorted by the cell they read first, and then by its value: most instances of most actions are disabled by
 * their first read, and a state need not even look at those. Tables stay right as tries grow; made anew, they are
 * tighter. For the kernel a list is [length, -, entries], a group [cell, values, address of its lists' addresses by
 * value, list for values that came later].
 */
export class Roots {
  private readonly table: Table;

  constructor(
    private readonly memory: Memory,
    private readonly tries: Tries,
  ) {
    this.table = new Table(memory, undefined, 1 << 10);
  }

  /** Makes the tables for these instances. */
  sort(instances: readonly Instance[]): void {
    const { tries } = this;
    const byCell = new Map<number, Instance[]>();
    const loose: Entry[] = [];
    for (const instance of instances) {
      const cell = tries.firstCell(instance.root);
      if (cell === undefined) loose.push(fromRoot(instance));
      else {
        const group = byCell.get(cell);
        if (group) group.push(instance);
        else byCell.set(cell, [instance]);
      }
    }
    const words: number[] = Array.from({ length: byCell.size * GROUP_WORDS }, () => 0);
    const addresses: number[] = []; // words that hold a place in `words`, until it is known where that begins
    const put = (entries: readonly Entry[]): number => {
      const at = words.length;
      words.push(entries.length, 0);
      for (const { slot, instance } of entries)
        words.push(slot, instance.rank, instance.root, instance.number);
      return at;
    };
    let group = 0;
    for (const [cell, members] of byCell) {
      const values = Math.max(...members.map((member) => tries.roomAt(member.root)));
      const lists = Array.from({ length: values }, (_, value) =>
        put(
          members.flatMap((instance) => {
            const slot = tries.slotFor(instance.root, value);
            return tries.words[slot] === -DISABLED ? [] : [{ slot, instance }];
          }),
        ),
      );
      const all = put(members.map(fromRoot));
      if (words.length % 2) words.push(0);
      const byValue = words.length;
      for (const list of lists) addresses.push(words.push(list) - 1);
      if (words.length % 2) words.push(0);
      words.splice(group * GROUP_WORDS, GROUP_WORDS, cell, values, byValue, all);
      addresses.push(group * GROUP_WORDS + 2, group * GROUP_WORDS + 3);
      group++;
    }
    const looseAt = put(loose);
    const placed = this.table.reserve(words.length);
    const { address } = this.table;
    placed.set(words);
    for (const at of addresses) placed[at] = address + (words[at] as number) * 4;
    this.memory.set(HEADER.GROUPS, address);
    this.memory.set(HEADER.GROUP_COUNT, byCell.size);
    this.memory.set(HEADER.LOOSE, address + looseAt * 4);
  }

  /** The address of a list of instances from their roots; the k-th has rank `rank + rankOf(k)`. */
  list(instances: readonly Instance[], rank: number, rankOf = (k: number): number => k): number {
    const address = this.memory.allocate(listBytes(instances));
    const words = this.memory.words(address, listBytes(instances) >> 2);
    words[0] = instances.length;
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

function listBytes(instances: readonly Instance[]): number {
  return (LIST_WORDS + instances.length * ENTRY_WORDS) * 4;
}

function fromRoot(instance: Instance): Entry {
  return { slot: instance.root, instance };
}
