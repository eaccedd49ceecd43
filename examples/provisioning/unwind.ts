import { deleteResource } from './database';
import { logOf } from './log';
import type { Rules } from './rules';
import { action, at, deletedVmm, Saga, Unregister, type SagaId, type State } from './state';
import { when } from './when';
import type { World } from './world';

/** The start saga's undo, in reverse over the nodes that completed: charge, registration, mark, records. */
export function unwindActions(world: World, rules: Rules) {
  const { vmmOf, instanceOf } = world;
  const saga = world.sagas;
  const log = logOf(world);

  /** The sled has answered, and under variant K the monitor of the VMM it terminated has ended. */
  const unregistered = (s: State, saga: SagaId) => {
    const { at: task, on } = at(s.unregisters, saga);
    return (
      task === 'done' &&
      (!rules.replyAwaitsMonitor() || on === 'none' || at(s.registrations, on).monitor === 'none')
    );
  };

  return {
    undoCharge: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'release',
        effect: (s, { saga }) => {
          const next = at(s.sagas, saga).set('at', 'unregister');
          if (!rules.unwindReleases()) return { sagas: s.sagas.set(saga, next) };
          const { books, error } = deleteResource(world, rules, s, {
            instance: instanceOf(saga),
            vmm: vmmOf(saga),
            max: at(s.sagas, saga).gen + 1,
            by: 'unwind',
          });
          return {
            ...books,
            // An undo that fails leaves its saga stuck for good.
            sagas: s.sagas.set(
              saga,
              error === 'none' ? next : Saga({ at: error === 'byteCount' ? 'stuckInRelease' : 'stuck' }),
            ),
          };
        },
        says: ({ saga }, before, after) => {
          const max = at(before.sagas, saga).gen + 1;
          const { gen } = at(before.instances, instanceOf(saga));
          return rules.unwindReleases()
            ? `${saga} undoes its charge: DELETE(max ${max}) at generation ${gen}${did(before, after)}`
            : `${saga} leaves its charge to the VMM's last notification`;
        },
      },
    ),

    askToUnregister: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'unregister',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'unregistering')),
          unregisters: s.unregisters.set(
            saga,
            Unregister({
              at: 'sent',
              sled: at(s.sagas, saga).sled,
              read: world.constants.unregisterTimeout ? at(s.instances, instanceOf(saga)).gen : 0,
            }),
          ),
        }),
        says: ({ saga }, before) =>
          `${saga} asks ${at(before.sagas, saga).sled} to unregister ${instanceOf(saga)}; T3 there waits for the lock`,
        observed: (before, { saga }) => log.unregistering(before, saga),
      },
    ),

    /** The state that T3 returned is not written: only the saga's own copy of the generation counts. */
    finishUnwinding: action(
      { saga },
      {
        guard: (s, { saga }) =>
          at(s.sagas, saga).at === 'unmark' ||
          (at(s.sagas, saga).at === 'unregistering' && unregistered(s, saga)),
        effect: (s, { saga }) => {
          const instance = at(s.instances, instanceOf(saga));
          const gen = at(s.sagas, saga).gen + 1;
          return {
            instances:
              instance.gen < gen
                ? s.instances.set(
                    instanceOf(saga),
                    instance.set('vmm', 'none').set('gen', gen).set('state', 'Stopped'),
                  )
                : s.instances,
            vmms: s.vmms.set(vmmOf(saga), deletedVmm),
            sagas: s.sagas.set(saga, Saga({ at: 'ended' })),
            unregisters: s.unregisters.set(saga, Unregister()),
          };
        },
        says: ({ saga }, before, after) =>
          before.instances.equals(after.instances)
            ? `${saga} finishes unwinding; ${instanceOf(saga)} has moved on and is left alone`
            : `${saga} finishes unwinding: ${instanceOf(saga)} has no active VMM, generation ${
                at(after.instances, instanceOf(saga)).gen
              }`,
        observed: (_before, { saga }) => log.vmmDestroyed(saga),
      },
    ),

    ...when(world.constants.unregisterTimeout, {
      /** The saga is stuck, T3 goes on, and the instance is marked Failed unless it has moved on since the saga read it. */
      unregisterTimesOut: action(
        { saga },
        {
          guard: (s, { saga }) =>
            at(s.sagas, saga).at === 'unregistering' && at(s.unregisters, saga).at === 'sent',
          effect: (s, { saga }) => {
            const instance = at(s.instances, instanceOf(saga));
            const gen = at(s.unregisters, saga).read + 1;
            return {
              ...(instance.gen < gen && {
                instances: s.instances.set(
                  instanceOf(saga),
                  instance.set('vmm', 'none').set('gen', gen).set('state', 'Failed'),
                ),
              }),
              sagas: s.sagas.set(saga, Saga({ at: 'stuck' })),
              unregisters: s.unregisters.set(saga, at(s.unregisters, saga).set('read', 0)),
            };
          },
          says: ({ saga }, before, after) =>
            `${saga}'s request to unregister times out: ${
              before.instances.equals(after.instances)
                ? `${instanceOf(saga)} has moved on`
                : `${instanceOf(saga)} is marked Failed, no active VMM, generation ${at(after.instances, instanceOf(saga)).gen}`
            }; ${saga} is stuck`,
        },
      ),
    }),
  };
}

/** What a DELETE did to the books, in words. */
export function did(before: State, after: State): string {
  const row = !before.rows.equals(after.rows);
  const counters = !before.collections.equals(after.collections);
  if (row && counters) return ': row out, counters down';
  if (counters) return ': the row stays, yet the counters go down';
  if (row) return ': row out, the counters stay';
  return ': nothing';
}
