import type { Instance } from '../learn/learner';
import { DISABLED } from '../learn/leaves';
import type { Tries } from '../learn/tries';

/** For one value of a cell: where to go on in each trie that does not end there, and whose trie it is. */
export interface Survivors {
  readonly slots: Int32Array;
  /** The order in which the plain search would come to each: by action as declared, then by parameters. */
  readonly ranks: Int32Array;
  readonly instances: readonly Instance[];
}

/** The tries that read the same cell first. */
export interface RootGroup {
  readonly cell: number;
  readonly byValue: readonly Survivors[];
  /** All of them from their roots: for values that came later. */
  readonly all: Survivors;
}

/**
 * Sorts tries by the cell they read first, and then by its value: most instances of most actions are
 * disabled by their first read, and a state need not even look at those. Tables stay right as tries grow;
 * made anew, they are tighter.
 */
export function rootGroups(
  tries: Tries,
  instances: readonly Instance[],
): { groups: RootGroup[]; loose: Survivors } {
  const byCell = new Map<number, Instance[]>();
  const loose: Instance[] = [];
  for (const instance of instances) {
    const cell = tries.firstCell(instance.root);
    if (cell === undefined) loose.push(instance);
    else byCell.set(cell, [...(byCell.get(cell) ?? []), instance]);
  }
  const groups = [...byCell].map(([cell, members]): RootGroup => {
    const values = Math.max(...members.map((member) => tries.roomAt(member.root)));
    const byValue = Array.from({ length: values }, (_, value) => {
      const alive = members.flatMap((member) => {
        const slot = tries.slotFor(member.root, value);
        return tries.words[slot] === -DISABLED ? [] : [{ slot, member }];
      });
      return survivors(
        alive.map(({ slot }) => slot),
        alive.map(({ member }) => member),
      );
    });
    return { cell, byValue, all: fromRoots(members) };
  });
  return { groups, loose: fromRoots(loose) };
}

/** The tries of some instances, from their roots. */
export function fromRoots(instances: readonly Instance[]): Survivors {
  return survivors(
    instances.map(({ root }) => root),
    instances,
  );
}

function survivors(slots: readonly number[], instances: readonly Instance[]): Survivors {
  return { slots: Int32Array.from(slots), ranks: Int32Array.from(instances, ({ rank }) => rank), instances };
}
