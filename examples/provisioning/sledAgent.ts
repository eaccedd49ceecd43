import { destroyed, registeredOn, terminate } from './registration';
import type { Rules } from './rules';
import { action, at, Run, Unregister, type SagaId, type State, type VmmId } from './state';
import { when } from './when';
import type { World } from './world';

/**
 * The sled agent's two tasks for a saga. Both find the instance by its id, whichever VMM that is by now, and
 * take its lock; to find it and to get the lock is one step, at the time the lock is got.
 */
export function sledAgentActions(world: World, rules: Rules) {
  const { instanceOf, constants } = world;
  const saga = world.sagas;

  const target = (s: State, saga: SagaId, sled: string): VmmId | null =>
    registeredOn(world, s, sled, instanceOf(saga));
  const unlocked = (s: State, vmm: VmmId) => at(s.registrations, vmm).lock === 'none';
  /** The reply to a run request; nobody hears it once the saga has timed out. */
  const replied = (s: State, saga: SagaId, reply: 'ok' | 'error') =>
    s.runs.set(saga, at(s.sagas, saga).at === 'asked' ? Run({ at: reply }) : Run());

  return {
    /** T2 keeps the lock while it sets up the zone, which can take minutes. */
    runTakesLock: action(
      { saga },
      {
        guard: (s, { saga }) => {
          const run = at(s.runs, saga);
          if (run.at !== 'sent') return false;
          const vmm = target(s, saga, run.sled);
          return vmm !== null && unlocked(s, vmm);
        },
        effect: (s, { saga }) => {
          const { sled } = at(s.runs, saga);
          const vmm = target(s, saga, sled);
          return vmm === null
            ? []
            : {
                runs: s.runs.set(saga, Run({ at: 'settingUp', sled, on: vmm })),
                registrations: s.registrations.set(vmm, at(s.registrations, vmm).set('lock', 'T2')),
              };
        },
        says: ({ saga }, before, after) =>
          `T2 of ${saga} on ${at(before.runs, saga).sled} takes ${at(after.runs, saga).on}'s lock and sets up Propolis`,
      },
    ),

    runFindsNothing: action(
      { saga },
      {
        guard: (s, { saga }) => {
          const run = at(s.runs, saga);
          return run.at === 'sent' && target(s, saga, run.sled) === null;
        },
        effect: (s, { saga }) => ({ runs: replied(s, saga, 'error') }),
        says: ({ saga }, before) =>
          `T2 of ${saga} on ${at(before.runs, saga).sled} finds ${instanceOf(saga)} not registered: error`,
      },
    ),

    /** T4 begins to poll. Where another saga's T2 has made the VM already, there is nothing to do. */
    createVm: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.runs, saga).at === 'settingUp',
        effect: (s, { saga }) => {
          const run = at(s.runs, saga);
          if (run.on === 'none') return [];
          const registration = at(s.registrations, run.on);
          return {
            runs: s.runs.set(saga, run.set('at', 'monitored')),
            ...(registration.vm === 'none' && {
              registrations: s.registrations.set(
                run.on,
                registration.set('vm', 'running').set('monitor', 'polling'),
              ),
              // Propolis registers itself as a producer of metrics.
              ...(constants.retry && { producers: s.producers.set(instanceOf(run.on), 'registered') }),
            }),
          };
        },
        says: ({ saga }, before) =>
          `T2 of ${saga} creates ${at(before.runs, saga).on}'s VM and spawns its monitor T4`,
      },
    ),

    ...when(constants.setupFailure, {
      /** The state becomes Destroyed, but the instance stays registered, without a monitor. */
      setupFails: action(
        { saga },
        {
          guard: (s, { saga }) => {
            const run = at(s.runs, saga);
            return run.at === 'settingUp' && run.on !== 'none' && at(s.registrations, run.on).vm === 'none';
          },
          effect: (s, { saga }) => {
            const { on } = at(s.runs, saga);
            return on === 'none'
              ? []
              : {
                  runs: replied(s, saga, 'error'),
                  registrations: s.registrations.set(
                    on,
                    destroyed(rules, at(s.registrations, on)).set('lock', 'none'),
                  ),
                };
          },
          says: ({ saga }, before) =>
            `T2 of ${saga} fails to set up ${at(before.runs, saga).on}: Destroyed; it drops the lock and returns an error`,
        },
      ),
    }),

    runDropsLock: action(
      { saga },
      {
        guard: (s, { saga }) => at(s.runs, saga).at === 'monitored',
        effect: (s, { saga }) => {
          const { on } = at(s.runs, saga);
          return on === 'none'
            ? []
            : {
                runs: replied(s, saga, 'ok'),
                registrations: s.registrations.set(on, at(s.registrations, on).set('lock', 'none')),
              };
        },
        says: ({ saga }, before) => `T2 of ${saga} drops ${at(before.runs, saga).on}'s lock and replies`,
      },
    ),

    unregisterInstance: action(
      { saga },
      {
        guard: (s, { saga }) => {
          const task = at(s.unregisters, saga);
          if (task.at !== 'sent') return false;
          const vmm = target(s, saga, task.sled);
          return vmm === null || unlocked(s, vmm);
        },
        effect: (s, { saga }) => {
          const vmm = target(s, saga, at(s.unregisters, saga).sled);
          return {
            unregisters: s.unregisters.set(
              saga,
              at(s.sagas, saga).at === 'stuck' ? Unregister() : Unregister({ at: 'done', on: vmm ?? 'none' }),
            ),
            ...(vmm !== null && terminate(world, rules, s, vmm)),
          };
        },
        says: ({ saga }, before) => {
          const { sled } = at(before.unregisters, saga);
          const vmm = target(before, saga, sled);
          return vmm === null
            ? `T3 of ${saga} on ${sled} finds ${instanceOf(saga)} not registered: nothing to do`
            : `T3 of ${saga} on ${sled} gets ${vmm}'s lock, terminates it (Destroyed) and unregisters ${instanceOf(saga)}`;
        },
      },
    ),
  };
}
