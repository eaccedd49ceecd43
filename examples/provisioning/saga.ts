import { charge } from './database';
import { logOf } from './log';
import type { Rules } from './rules';
import { action, at, deletedVmm, Registration, Run, Saga } from './state';
import type { World } from './world';

/** The start saga on Nexus, forward. It is linear; what undoes it stands in unwind.ts. */
export function sagaActions(world: World, rules: Rules) {
  const { vmmOf, instanceOf, slotOf } = world;
  const saga = world.sagas;
  const log = logOf(world);
  return {
    /** Reading the instance and the conditional write are one step: what changes between only fails the write. */
    mark: action(
      { saga },
      {
        guard: (s, { saga }) =>
          at(s.sagas, saga).at === 'begun' && at(s.instances, instanceOf(saga)).vmm === 'none',
        effect: (s, { saga }) => {
          const instance = at(s.instances, instanceOf(saga));
          const gen = instance.gen + 1;
          return {
            instances: s.instances.set(
              instanceOf(saga),
              instance.set('vmm', vmmOf(saga)).set('gen', gen).set('state', 'Vmm'),
            ),
            sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'marked').set('gen', gen)),
          };
        },
        says: ({ saga }, _before, after) =>
          `${saga} marks ${instanceOf(saga)} as starting: active VMM ${vmmOf(saga)}, generation ${
            at(after.instances, instanceOf(saga)).gen
          }`,
      },
    ),

    markFails: action(
      { saga },
      {
        guard: (s, { saga }) =>
          at(s.sagas, saga).at === 'begun' && at(s.instances, instanceOf(saga)).vmm !== 'none',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, Saga({ at: 'ended' })),
          vmms: s.vmms.set(vmmOf(saga), deletedVmm),
        }),
        says: ({ saga }, before) =>
          `${saga} finds ${at(before.instances, instanceOf(saga)).vmm} active for ${instanceOf(saga)} and gives up`,
      },
    ),

    register: action(
      { saga },
      {
        guard: (s, { saga }) => {
          const { at: node, sled } = at(s.sagas, saga);
          return node === 'marked' && sled !== 'none' && !s.slots.has(slotOf(sled, instanceOf(saga)));
        },
        effect: (s, { saga }) => {
          const { sled, gen } = at(s.sagas, saga);
          return sled === 'none'
            ? []
            : {
                slots: s.slots.set(slotOf(sled, instanceOf(saga)), vmmOf(saga)),
                registrations: s.registrations.set(
                  vmmOf(saga),
                  Registration({ sled, gen, active: true, vmmGen: 1 }),
                ),
                sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'registered')),
              };
        },
        says: ({ saga }, before) => {
          const { sled, gen } = at(before.sagas, saga);
          return `${saga} registers ${vmmOf(saga)} for ${instanceOf(saga)} on ${sled}, which notes generation ${gen}`;
        },
        observed: (before, { saga }) => log.registering(before, saga),
      },
    ),

    registerRefused: action(
      { saga },
      {
        guard: (s, { saga }) => {
          const { at: node, sled } = at(s.sagas, saga);
          return node === 'marked' && sled !== 'none' && s.slots.has(slotOf(sled, instanceOf(saga)));
        },
        effect: (s, { saga }) => ({ sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'unmark')) }),
        says: ({ saga }, before) =>
          `${at(before.sagas, saga).sled} refuses to register ${vmmOf(saga)}: it has another VMM of ${instanceOf(saga)}; ${saga} unwinds`,
        observed: (before, { saga }) => log.registering(before, saga),
      },
    ),

    charge: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'registered',
        effect: (s, { saga }) => {
          const { books, error } = charge(world, rules, s, instanceOf(saga), vmmOf(saga));
          return {
            ...books,
            sagas: s.sagas.set(
              saga,
              at(s.sagas, saga).set('at', error === 'none' ? 'charged' : 'chargeFailed'),
            ),
          };
        },
        says: ({ saga }, before, after) =>
          before.rows.equals(after.rows)
            ? `${saga} charges nothing: ${instanceOf(saga)} has its row already`
            : `${saga} charges ${instanceOf(saga)}: row in, counters up${
                at(after.sagas, saga).at === 'chargeFailed' ? '; "value is too small for a byte count"' : ''
              }`,
      },
    ),

    /** A failed node is not undone itself, so what the charge did stays. */
    chargeFails: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'chargeFailed',
        effect: (s, { saga }) => ({ sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'unregister')) }),
        says: ({ saga }) => `${saga} takes its charge for failed and unwinds; row and counters stay`,
      },
    ),

    askToRun: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'charged',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'asked')),
          runs: s.runs.set(saga, Run({ at: 'sent', sled: at(s.sagas, saga).sled })),
        }),
        says: ({ saga }, before) => `${saga} asks ${at(before.sagas, saga).sled} to run ${instanceOf(saga)}`,
        observed: (before, { saga }) => log.running(before, saga),
      },
    ),

    /** Nexus also writes the state it is given, but has the same or newer: no effect. */
    succeed: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'asked' && at(s.runs, saga).at === 'ok',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, Saga({ at: 'ended' })),
          runs: s.runs.set(saga, Run()),
          vmms: s.vmms.set(
            vmmOf(saga),
            at(s.vmms, vmmOf(saga)).set('started', at(s.vmms, vmmOf(saga)).state !== 'deleted'),
          ),
        }),
        says: ({ saga }) => `${saga} hears that ${instanceOf(saga)} runs: it has succeeded`,
        // T2 answers before it lets go of the lock: with what the sled was told at registration.
        observed: (before, { saga }) =>
          log.reply(before, vmmOf(saga), {
            gen: at(before.sagas, saga).gen,
            vmmState: 'Starting',
            vmmGen: 1,
          }),
      },
    ),

    /** The client gives up after 60 s; the sled's task goes on. */
    timeOut: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'asked' && at(s.runs, saga).at !== 'error',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'release')),
          runs: at(s.runs, saga).at === 'ok' ? s.runs.set(saga, Run()) : s.runs,
        }),
        says: ({ saga }, before) =>
          `${saga} times out waiting for ${at(before.sagas, saga).sled} and starts to unwind`,
      },
    ),

    runFails: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.sagas, saga).at === 'asked' && at(s.runs, saga).at === 'error',
        effect: (s, { saga }) => ({
          sagas: s.sagas.set(saga, at(s.sagas, saga).set('at', 'release')),
          runs: s.runs.set(saga, Run()),
        }),
        says: ({ saga }) => `${saga} hears that ${instanceOf(saga)} can't be run and starts to unwind`,
      },
    ),
  };
}
