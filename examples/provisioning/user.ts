import { logOf } from './log';
import { destroyed, terminate } from './registration';
import type { Rules } from './rules';
import { action, at, Reply, Saga, VmmRow, type SagaId, type State, type VmmId } from './state';
import { when } from './when';
import { numberOf, type World } from './world';

/** What users ask for, and the ways in which asking goes wrong. */
export function userActions(world: World, rules: Rules) {
  const { instanceOf, constants } = world;
  const vmm = world.vmms;
  const saga = world.sagas;
  const log = logOf(world);

  const isActive = (s: State, vmm: VmmId) => at(s.instances, instanceOf(vmm)).vmm === vmm;
  /** Whether an earlier saga of the instance is still at work; a stuck one is not, and never will be again. */
  const underWay = (s: State, saga: SagaId) =>
    world.sagas.some((other) => {
      const node = at(s.sagas, other).at;
      return (
        other !== saga &&
        instanceOf(other) === instanceOf(saga) &&
        !['idle', 'ended', 'stuck', 'stuckInRelease'].includes(node)
      );
    });
  /** No VMM, one generation on; the VM itself is not touched. */
  const markedFailed = (s: State, vmm: VmmId) => {
    const instance = at(s.instances, instanceOf(vmm));
    return s.instances.set(
      instanceOf(vmm),
      instance
        .set('vmm', 'none')
        .set('gen', instance.gen + 1)
        .set('state', 'Failed'),
    );
  };

  return {
    /**
     * The API begins a saga whenever it sees no active VMM, so several may begin at once. Its first nodes, a
     * fresh VMM id, the sled reservation and the VMM's record, concern nobody else yet: one step.
     */
    start: action(
      { saga, sled: world.sleds },
      {
        guard: (s, { saga, sled }) =>
          at(s.sagas, saga).at === 'idle' &&
          at(s.instances, instanceOf(saga)).vmm === 'none' &&
          // Sagas of an instance, and sleds, are interchangeable: take the first unused, and the k-th saga
          // chooses among the first k sleds.
          (world.startOf(saga) === 1 || at(s.sagas, `A${numberOf(saga) - 1}`).at !== 'idle') &&
          numberOf(sled) <= world.startOf(saga) &&
          (rules.startsOverlap() || !underWay(s, saga)),
        effect: (s, { saga, sled }) => ({
          sagas: s.sagas.set(saga, Saga({ at: 'begun', sled })),
          vmms: s.vmms.set(world.vmmOf(saga), VmmRow({ state: 'Starting', gen: 1 })),
        }),
        says: ({ saga, sled }) =>
          `The user starts ${instanceOf(saga)}: saga ${saga} begins, with VMM ${world.vmmOf(saga)} to run on ${sled}`,
        observed: (_before, { saga }) => log.vmmCreated(saga),
      },
    ),

    /**
     * The sled passes the request on to Propolis, the guest halts and the monitor's long poll returns. On the
     * way the VMM goes through "stopping" as asked, "stopping" and "stopped" as observed: three generations.
     */
    stop: action(
      { vmm },
      {
        guard: (s, { vmm }) => {
          const { vm, monitor } = at(s.registrations, vmm);
          return at(s.vmms, vmm).started && isActive(s, vmm) && vm === 'running' && monitor === 'watching';
        },
        effect: (s, { vmm }) => ({
          registrations: s.registrations.set(
            vmm,
            at(s.registrations, vmm)
              .set('vm', 'halted')
              .set('monitor', 'sawHalted')
              .set('vmmGen', at(s.registrations, vmm).vmmGen + 3),
          ),
        }),
        says: ({ vmm }) => `The user stops ${instanceOf(vmm)}: ${vmm} halts, and its T4 waits for the lock`,
      },
    ),

    ...when(constants.halt, {
      /** The guest, or Propolis with it. */
      vmDies: action(
        { saga },
        {
          guard: (s, { saga }) => {
            const { at: node } = at(s.sagas, saga);
            return (
              (node === 'asked' || node === 'release' || node === 'unregister' || node === 'unregistering') &&
              at(s.registrations, world.vmmOf(saga)).vm === 'running'
            );
          },
          effect: (s, { saga }) => {
            const registration = at(s.registrations, world.vmmOf(saga)).set('vm', 'halted');
            return {
              registrations: s.registrations.set(
                world.vmmOf(saga),
                registration.monitor === 'watching' ? registration.set('monitor', 'sawHalted') : registration,
              ),
            };
          },
          says: ({ saga }, before) =>
            `${world.vmmOf(saga)}'s VM dies while ${saga} ${
              at(before.sagas, saga).at === 'asked' ? 'still waits' : 'unwinds'
            }`,
        },
      ),
    }),

    ...when(constants.stopDuringStart, {
      /** Without a VM to stop, the sled terminates the instance and returns its state. */
      stopBeforeRun: action(
        { vmm: world.ofSagas },
        {
          guard: (s, { vmm }) => {
            const { sled, active, vm, lock } = at(s.registrations, vmm);
            return sled !== 'none' && active && vm === 'none' && lock === 'none' && isActive(s, vmm);
          },
          effect: (s, { vmm }) => {
            const { gen, vmmGen } = destroyed(rules, at(s.registrations, vmm));
            return {
              ...terminate(world, rules, s, vmm),
              replies: s.replies.set(vmm, Reply({ gen, vmmGen })),
            };
          },
          says: ({ vmm }, before) =>
            `The user stops ${instanceOf(vmm)}: ${at(before.registrations, vmm).sled} has no VM yet, terminates ${vmm} and unregisters it`,
        },
      ),

      /** Nexus writes what the sled returned, guarded by the generations. It releases nothing. */
      writeStopReply: action(
        { vmm: world.ofSagas },
        {
          guard: (s, { vmm }) => s.replies.has(vmm),
          effect: (s, { vmm }) => {
            const { gen, vmmGen } = at(s.replies, vmm);
            const instance = at(s.instances, instanceOf(vmm));
            const record = at(s.vmms, vmm);
            return {
              replies: s.replies.delete(vmm),
              ...(instance.gen < gen && {
                instances: s.instances.set(
                  instanceOf(vmm),
                  instance.set('vmm', 'none').set('gen', gen).set('state', 'Stopped'),
                ),
              }),
              ...(record.state !== 'deleted' &&
                record.gen < vmmGen && {
                  vmms: s.vmms.set(vmm, record.set('state', 'Destroyed').set('gen', vmmGen)),
                }),
            };
          },
          says: ({ vmm }, before, after) =>
            before.instances.equals(after.instances)
              ? `Nexus gets the reply to the stop of ${vmm}; ${instanceOf(vmm)} has moved on`
              : `Nexus writes the reply to the stop: ${instanceOf(vmm)} has no active VMM, generation ${
                  at(after.instances, instanceOf(vmm)).gen
                }; resources are not released`,
          observed: (before, { vmm }) => {
            const { gen, vmmGen } = at(before.replies, vmm);
            return log.reply(before, vmm, { gen, vmmState: 'Destroyed', vmmGen });
          },
        },
      ),
    }),

    ...when(constants.stopTimeout, {
      stopTimesOut: action(
        { vmm: world.ofSagas },
        {
          guard: (s, { vmm }) => isActive(s, vmm) && at(s.registrations, vmm).lock === 'T2',
          effect: (s, { vmm }) => ({ instances: markedFailed(s, vmm) }),
          says: ({ vmm }) =>
            `The user's stop of ${instanceOf(vmm)} times out behind T2's lock: marked Failed, no active VMM; ${vmm} goes on`,
        },
      ),
    }),

    ...when(constants.markFailed, {
      runningStopTimesOut: action(
        { vmm },
        {
          guard: (s, { vmm }) =>
            at(s.vmms, vmm).started && isActive(s, vmm) && at(s.registrations, vmm).vm === 'running',
          effect: (s, { vmm }) => ({ instances: markedFailed(s, vmm) }),
          says: ({ vmm }) =>
            `The user's stop of ${instanceOf(vmm)} times out: marked Failed, no active VMM; ${vmm} lives on`,
        },
      ),
    }),
  };
}
