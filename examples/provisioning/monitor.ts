import { destroyed } from './registration';
import type { Rules } from './rules';
import { action, at, Handler, Registration, type State, type VmmId } from './state';
import type { World } from './world';

/**
 * T4, the sled's monitor of one VMM: poll Propolis without the lock, take the lock, observe, publish to Nexus
 * under the lock, release it, again.
 */
export function monitorActions(world: World, rules: Rules) {
  const { instanceOf, slotOf } = world;
  const vmm = world.vmms;

  const waits = (s: State, vmm: VmmId) => {
    const { monitor, lock } = at(s.registrations, vmm);
    return lock === 'none' && (monitor === 'sawRunning' || monitor === 'sawHalted');
  };

  return {
    /** A first poll returns at once, a later one when there is news. One that finds Propolis gone: see `terminate`. */
    monitorPolls: action(
      { vmm },
      {
        guard: (s, { vmm }) => {
          const { monitor, vm } = at(s.registrations, vmm);
          return (monitor === 'polling' && vm !== 'none') || (monitor === 'watching' && vm === 'halted');
        },
        effect: (s, { vmm }) => {
          const registration = at(s.registrations, vmm);
          return {
            registrations: s.registrations.set(
              vmm,
              registration.set('monitor', registration.vm === 'halted' ? 'sawHalted' : 'sawRunning'),
            ),
          };
        },
        says: ({ vmm }, before) =>
          `T4 of ${vmm} hears from Propolis that the VM is ${at(before.registrations, vmm).vm}, and waits for the lock`,
      },
    ),

    /**
     * "Starting", then "running". Both only reach the VMM's record, which its generation guards and no decision
     * reads: observing, publishing and the acknowledgement, twice over, are one step.
     */
    monitorReportsRunning: action(
      { vmm },
      {
        guard: (s, { vmm }) => {
          const { monitor, vm } = at(s.registrations, vmm);
          return waits(s, vmm) && monitor === 'sawRunning' && vm !== 'none';
        },
        effect: (s, { vmm }) => {
          const registration = at(s.registrations, vmm);
          const record = at(s.vmms, vmm);
          const vmmGen = registration.vmmGen + 2;
          return {
            registrations: s.registrations.set(
              vmm,
              registration.set('vmmGen', vmmGen).set('monitor', 'watching'),
            ),
            ...(record.state !== 'deleted' &&
              record.gen < vmmGen && {
                vmms: s.vmms.set(vmm, record.set('state', 'Running').set('gen', vmmGen)),
              }),
          };
        },
        says: ({ vmm }) => `T4 of ${vmm} gets the lock and publishes that the VM runs; Nexus notes it`,
      },
    ),

    monitorReportsEnd: action(
      { vmm },
      {
        guard: (s, { vmm }) => {
          const { monitor, vm } = at(s.registrations, vmm);
          return waits(s, vmm) && monitor === 'sawHalted' && vm !== 'none';
        },
        effect: (s, { vmm }) => {
          const ended = destroyed(rules, at(s.registrations, vmm));
          return {
            registrations: s.registrations.set(vmm, ended.set('lock', 'T4').set('monitor', 'publishing')),
            slots: ended.sled === 'none' ? s.slots : s.slots.delete(slotOf(ended.sled, instanceOf(vmm))),
            handlers: s.handlers.set(vmm, Handler({ at: 'read', gen: ended.gen, vmmGen: ended.vmmGen })),
          };
        },
        says: ({ vmm }, _before, after) =>
          `T4 of ${vmm} gets the lock, tears down the VM and publishes: Destroyed, no active VMM, generation ${
            at(after.handlers, vmm).gen
          }`,
      },
    ),

    /** The defect on the sled's side: T3 was here first, yet T4 publishes. */
    monitorFindsNothing: action(
      { vmm },
      {
        guard: (s, { vmm }) => waits(s, vmm) && at(s.registrations, vmm).vm === 'none',
        effect: (s, { vmm }) => {
          const registration = at(s.registrations, vmm);
          return rules.publishesNoop()
            ? {
                registrations: s.registrations.set(
                  vmm,
                  registration.set('lock', 'T4').set('monitor', 'publishing'),
                ),
                handlers: s.handlers.set(
                  vmm,
                  Handler({ at: 'read', gen: registration.gen, vmmGen: registration.vmmGen }),
                ),
              }
            : { registrations: s.registrations.set(vmm, Registration()) };
        },
        says: ({ vmm }, _before, after) =>
          rules.publishesNoop()
            ? `T4 of ${vmm} gets the lock, finds the zone gone (no-op) and publishes all the same: Destroyed, no active VMM, generation ${
                at(after.handlers, vmm).gen
              }`
            : `T4 of ${vmm} gets the lock, finds the zone gone (no-op) and exits`,
      },
    ),

    /** On a 500 the same content again, the lock still held. */
    monitorRetries: action(
      { vmm },
      {
        guard: (s, { vmm }) => {
          const handler = at(s.handlers, vmm).at;
          return handler === 'byteCount' || handler === 'checkFailed' || handler === 'timedOut';
        },
        effect: (s, { vmm }) => ({ handlers: s.handlers.set(vmm, at(s.handlers, vmm).set('at', 'read')) }),
        says: ({ vmm }) => `T4 of ${vmm} is told 500 and publishes the same again`,
      },
    ),
  };
}
