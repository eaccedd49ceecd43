import { deleteResource } from './database';
import { logOf } from './log';
import type { Rules } from './rules';
import {
  action,
  at,
  deletedVmm,
  Handler,
  Registration,
  type HandlerId,
  type State,
  type VmmId,
} from './state';
import { did } from './unwind';
import { when } from './when';
import { senderOf, type World } from './world';

/**
 * H, Nexus's handler of a delivery. Handlers share only the database with sagas and with each other. All
 * deliveries here say "no active VMM" (see `monitorReportsRunning` for the other kind).
 */
export function nexusActions(world: World, rules: Rules) {
  const { instanceOf, constants } = world;
  const delivery = world.handlers;
  const log = logOf(world);
  const isAt = (s: State, delivery: HandlerId, step: Handler['at']) => at(s.handlers, delivery).at === step;
  const to = (s: State, delivery: HandlerId, step: Handler['at']) =>
    s.handlers.set(delivery, at(s.handlers, delivery).set('at', step));
  /** A 500; where the sender's connection is lost, nobody hears it, and only the log shows a byte-count error. */
  const fail = (s: State, delivery: HandlerId, cause: Handler['at']) =>
    delivery === senderOf(delivery)
      ? to(s, delivery, cause)
      : s.handlers.set(delivery, Handler({ at: cause === 'byteCount' ? cause : 'none' }));
  const released = (s: State, delivery: HandlerId) => {
    const vmm = senderOf(delivery);
    const { gen } = at(s.handlers, delivery);
    return deleteResource(world, rules, s, { instance: instanceOf(vmm), vmm, max: gen, by: 'handler' });
  };
  const afterRelease = constants.retry ? 'metrics' : 'write';

  return {
    /**
     * H0, H1. The network clean-up is left out: no decision here reads it, and if it fails, sending again is as
     * if the delivery had come later.
     */
    handlerReads: action(
      { delivery },
      {
        guard: (s, { delivery }) => isAt(s, delivery, 'read'),
        effect: (s, { delivery }) => {
          const vmm = senderOf(delivery);
          const instance = at(s.instances, instanceOf(vmm));
          const releases = rules.handlerReleases(instance, { vmm, gen: at(s.handlers, delivery).gen });
          return { handlers: to(s, delivery, releases ? 'release' : afterRelease) };
        },
        says: ({ delivery }, before, after) => {
          const { gen, vmm } = at(before.instances, instanceOf(senderOf(delivery)));
          return `Nexus receives ${senderOf(delivery)}'s end and reads ${instanceOf(senderOf(delivery))}: generation ${gen}, active VMM ${vmm}${
            isAt(after, delivery, 'release') ? '' : '; it will release nothing'
          }`;
        },
        observed: (before, { delivery }) => log.received(before, delivery),
      },
    ),

    /** H2. */
    handlerReleases: action(
      { delivery },
      {
        guard: (s, { delivery }) => isAt(s, delivery, 'release'),
        effect: (s, { delivery }) => {
          const { books, error } = released(s, delivery);
          return {
            ...books,
            handlers:
              error === 'none'
                ? to(s, delivery, afterRelease)
                : fail(s, delivery, error === 'byteCount' ? 'byteCount' : 'checkFailed'),
          };
        },
        says: ({ delivery }, before, after) => {
          const { gen } = at(before.handlers, delivery);
          const instance = instanceOf(senderOf(delivery));
          const error = at(after.handlers, delivery).at;
          return `Nexus releases ${instance} for ${senderOf(delivery)}: DELETE(max ${gen}) at generation ${
            at(before.instances, instance).gen
          }${did(before, after)}${
            error === 'byteCount'
              ? '; 500 "value is too small for a byte count"'
              : error === 'checkFailed'
                ? '; 500, the check fails and nothing changes'
                : ''
          }`;
        },
        observed: (before, { delivery }) => {
          const { error } = released(before, delivery);
          return error === 'none'
            ? undefined
            : log.failed(delivery, error === 'check' ? error : 'byte count');
        },
      },
    ),

    ...when(constants.retry, {
      /** H3. Without a producer on record there is no remote call, and nothing to time out. */
      handlerDropsProducer: action(
        { delivery },
        {
          guard: (s, { delivery }) => isAt(s, delivery, 'metrics'),
          effect: (s, { delivery }) => ({
            producers: s.producers.delete(instanceOf(senderOf(delivery))),
            handlers: to(s, delivery, 'write'),
          }),
          says: ({ delivery }) => `Nexus drops ${instanceOf(senderOf(delivery))}'s metrics producer, if any`,
        },
      ),

      metricsTimeOut: action(
        { delivery },
        {
          guard: (s, { delivery }) =>
            isAt(s, delivery, 'metrics') && s.producers.has(instanceOf(senderOf(delivery))),
          effect: (s, { delivery }) => ({
            producers: s.producers.delete(instanceOf(senderOf(delivery))),
            handlers: fail(s, delivery, 'timedOut'),
          }),
          says: ({ delivery }) =>
            `Nexus drops ${instanceOf(senderOf(delivery))}'s metrics producer; the metrics service times out: 500`,
          observed: (_before, { delivery }) => log.failed(delivery, 'metrics'),
        },
      ),
    }),

    /** H4 to H6. H5 concerns a VMM that nobody else looks at any more, and H6 is the 204. */
    handlerWrites: action(
      { delivery },
      {
        guard: (s, { delivery }) => isAt(s, delivery, 'write'),
        effect: (s, { delivery }) => {
          const vmm = senderOf(delivery);
          const instance = at(s.instances, instanceOf(vmm));
          const { gen } = at(s.handlers, delivery);
          return {
            instances:
              instance.gen < gen
                ? s.instances.set(
                    instanceOf(vmm),
                    instance.set('vmm', 'none').set('gen', gen).set('state', 'Stopped'),
                  )
                : s.instances,
            vmms: s.vmms.set(vmm, deletedVmm),
            handlers: s.handlers.set(delivery, Handler()),
            // The monitor hears 204, releases the lock and exits.
            registrations: delivery === vmm ? s.registrations.set(vmm, Registration()) : s.registrations,
          };
        },
        says: ({ delivery }, before, after) =>
          `Nexus ${
            before.instances.equals(after.instances)
              ? 'finds the instance newer and writes nothing'
              : `writes ${instanceOf(senderOf(delivery))}: no active VMM, generation ${at(before.handlers, delivery).gen}`
          }, cleans up ${senderOf(delivery)}${
            delivery === senderOf(delivery) ? ' and answers 204; T4 exits' : '; nobody hears its 204'
          }`,
        observed: (_before, { delivery }) => log.done(delivery),
      },
    ),

    ...when(constants.duplicate, {
      loseConnection: action(
        { vmm: world.vmms },
        {
          guard: (s, { vmm }) => {
            if (s.lost >= constants.RETRIES) return false;
            const { at: step } = at(s.handlers, vmm);
            return (
              (step === 'read' || step === 'release' || step === 'metrics' || step === 'write') &&
              at(s.handlers, orphanOf(vmm)).at === 'none'
            );
          },
          effect: (s, { vmm }) => ({
            lost: s.lost + 1,
            handlers: s.handlers
              .set(orphanOf(vmm), at(s.handlers, vmm))
              .set(vmm, at(s.handlers, vmm).set('at', 'read')),
          }),
          says: ({ vmm }) =>
            `The connection of T4 of ${vmm} is lost: its handler lives on, and T4 publishes the same again`,
        },
      ),
    }),
  };
}

function orphanOf(vmm: VmmId): HandlerId {
  return `${vmm}'`;
}
