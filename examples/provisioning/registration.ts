import type { Rules } from './rules';
import { at, Registration, type InstanceId, type State, type VmmId } from './state';
import type { World } from './world';

/** The sled's copy after its VMM has come to an end, whether seen or forced. */
export function destroyed(rules: Rules, registration: Registration): Registration {
  const ended = registration.set('vmmGen', registration.vmmGen + 1).set('vm', 'none');
  return registration.active
    ? ended.set('active', false).set('gen', registration.gen + rules.endBump())
    : ended;
}

/** The VMM registered for an instance on a sled, or null. */
export function registeredOn(world: World, s: State, sled: string, instance: InstanceId): VmmId | null {
  return sled === 'none' ? null : (s.slots.get(world.slotOf(sled as `S${number}`, instance)) ?? null);
}

/**
 * The instance's end under its lock: the zone is torn down and the instance leaves the sled's map. What
 * remains is a monitor that has seen something and waits for the lock. One that has not finds Propolis gone
 * and exits without a word; then nobody will look at the copy again, and it is forgotten.
 */
export function terminate(world: World, rules: Rules, s: State, vmm: VmmId) {
  const registration = at(s.registrations, vmm);
  const { sled, monitor } = registration;
  const waits = monitor === 'sawRunning' || monitor === 'sawHalted';
  return {
    registrations: s.registrations.set(vmm, waits ? destroyed(rules, registration) : Registration()),
    slots: sled === 'none' ? s.slots : s.slots.delete(world.slotOf(sled, world.instanceOf(vmm))),
  };
}
