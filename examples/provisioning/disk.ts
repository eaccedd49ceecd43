import { chargeDisk } from './database';
import type { Rules } from './rules';
import { action, at } from './state';
import type { World } from './world';

/**
 * The disk-create saga, a victim. Its record and regions concern nobody here; its accounting node, whose
 * output is named `no_result`, touches the same collections as the instances. If that fails it does so after
 * its effect, and a failed node is not undone: the disk is gone, its row and bytes stay.
 */
export function diskActions(world: World, rules: Rules) {
  return {
    createDisk: action(
      { disk: world.disks },
      {
        guard: (s, { disk }) => at(s.disks, disk) === 'none',
        effect: (s, { disk }) => {
          const { books, error } = chargeDisk(world, rules, s, disk);
          return { ...books, disks: s.disks.set(disk, error === 'none' ? 'created' : 'failed') };
        },
        says: ({ disk }, _before, after) =>
          at(after.disks, disk) === 'created'
            ? `A user creates ${disk}: row in, disk counter up`
            : `A user creates ${disk}: row in, disk counter up; "value is too small for a byte count", so the disk is taken back, row and bytes stay`,
      },
    ),
  };
}
