import { at, type CollectionId, type HandlerId, type SagaId, type State, type VmmId } from './state';
import { senderOf, type World } from './world';

/** The RAM that goes with a CPU. The report gives only what sums it leaves: −64 GiB for −8 CPUs. */
export const BYTES_PER_CPU = 8 * 1024 ** 3;

/**
 * What the outside sees of the system: the lines of Nexus's log and the times in the table of VMMs. Nobody
 * logs an instance's generation in the database, a resource row, a counter between two looks at it, a lock, or
 * what a sled's tasks do. A step that such a line stands for says so with `observed`.
 */
export function logOf(world: World) {
  const { instanceOf, vmmOf } = world;
  const ofSaga = (saga: SagaId) => ({ saga, instance: instanceOf(saga) });
  const sledOf = (s: State, saga: SagaId) => at(s.sagas, saga).sled;
  const ofVmm = (vmm: VmmId) => ({ instance: instanceOf(vmm), vmm });

  return {
    vmmCreated: (saga: SagaId) => ({ event: 'vmm created', ...ofVmm(vmmOf(saga)) }),
    /** By the saga's undo. */
    vmmDestroyed: (saga: SagaId) => ({ event: 'vmm destroyed', ...ofVmm(vmmOf(saga)) }),

    // The saga says what it is about to ask of a sled.
    registering: (s: State, saga: SagaId) => ({
      event: 'registering',
      ...ofSaga(saga),
      sled: sledOf(s, saga),
    }),
    running: (s: State, saga: SagaId) => ({ event: 'running', ...ofSaga(saga), sled: sledOf(s, saga) }),
    unregistering: (s: State, saga: SagaId) => ({
      event: 'unregistering',
      ...ofSaga(saga),
      sled: sledOf(s, saga),
    }),

    /** What a sled answered, and which rows Nexus wrote for it: the instance's, the VMM's. */
    reply: (
      before: State,
      vmm: VmmId,
      told: { readonly gen: number; readonly vmmState: string; readonly vmmGen: number },
    ) => ({
      event: 'reply',
      ...ofVmm(vmm),
      ...told,
      wroteInstance: at(before.instances, instanceOf(vmm)).gen < told.gen,
      wroteVmm: at(before.vmms, vmm).state !== 'deleted' && at(before.vmms, vmm).gen < told.vmmGen,
    }),

    /** A sled's notification as it comes in. */
    received: (before: State, delivery: HandlerId) => {
      const { gen, vmmGen } = at(before.handlers, delivery);
      return {
        event: 'received',
        ...ofVmm(senderOf(delivery)),
        vmmState: 'Destroyed',
        vmmGen,
        gen,
        propolis: null,
      };
    },
    /** Nexus failed to process one; the line names the instance, not the VMM. */
    failed: (delivery: HandlerId, cause: 'byte count' | 'check' | 'metrics') => ({
      event: '500',
      instance: instanceOf(senderOf(delivery)),
      cause,
    }),
    /** Nexus has processed one of a VMM that has ended. */
    done: (delivery: HandlerId) => ({ event: 'done', ...ofVmm(senderOf(delivery)) }),
  };
}

/** A look at a collection's row in the table. */
export function tableRow(s: State, collection: CollectionId) {
  const cpus = at(s.collections, collection).ram;
  return { event: 'table row', collection, cpus, ram: cpus * BYTES_PER_CPU };
}
