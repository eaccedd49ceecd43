import { deleteResource } from './database';
import type { Release, Rules } from './rules';
import {
  actionProperty,
  at,
  invariant,
  type CollectionId,
  type HandlerId,
  type InstanceId,
  type RowId,
  type SagaId,
  type State,
  type VmmId,
} from './state';
import { senderOf, type World } from './world';

/** Whether nothing is under way for an instance: no saga, no task or monitor at work, no message. */
export function atRest(world: World, s: State, instance: InstanceId): boolean {
  return (
    world.sagas.every((saga) => world.instanceOf(saga) !== instance || sagaRests(s, saga)) &&
    world.vmms.every((vmm) => world.instanceOf(vmm) !== instance || vmmRests(s, vmm)) &&
    world.handlers.every(
      (delivery) => world.instanceOf(senderOf(delivery)) !== instance || deliveryRests(s, delivery),
    )
  );
}

function sagaRests(s: State, saga: SagaId): boolean {
  const node = at(s.sagas, saga).at;
  return (
    (node === 'idle' || node === 'ended' || node === 'stuck' || node === 'stuckInRelease') &&
    at(s.runs, saga).at === 'none' &&
    at(s.unregisters, saga).at === 'none'
  );
}

function vmmRests(s: State, vmm: VmmId): boolean {
  const { monitor, vm } = at(s.registrations, vmm);
  return (monitor === 'none' || (monitor === 'watching' && vm === 'running')) && !s.replies.has(vmm);
}

/** A byte-count error that nobody heard of is over as well. */
function deliveryRests(s: State, delivery: HandlerId): boolean {
  const step = at(s.handlers, delivery).at;
  return step === 'none' || (step === 'byteCount' && delivery !== senderOf(delivery));
}

/** The safety properties: what the system owes, whichever fix is in. */
export function invariants(world: World, rules: Rules) {
  const { instanceOf } = world;

  /** The RAM and disk that the rows under a collection add up to. */
  const charged = (s: State, collection: CollectionId) => {
    const sum = { ram: 0, disk: 0 };
    const owns = (owner: Parameters<World['collectionsOf']>[0]) =>
      world.collectionsOf(owner).includes(collection);
    for (const disk of world.disks) if (owns(disk) && s.rows.has(disk)) sum.disk++;
    for (const instance of world.instances)
      if (owns(instance)) sum.ram += world.sizeOf(instance) * rowsOf(s, instance).length;
    return sum;
  };
  const rowIds = new Map<InstanceId, Set<RowId>>(world.instances.map((instance) => [instance, new Set()]));
  for (const vmm of world.vmms) rowIds.get(instanceOf(vmm))?.add(rules.rowId(instanceOf(vmm), vmm));
  const rowsOf = (s: State, instance: InstanceId) =>
    [...(rowIds.get(instance) ?? [])].filter((row) => s.rows.has(row));

  const idle = (s: State, instance: InstanceId) =>
    at(s.instances, instance).vmm === 'none' && atRest(world, s, instance);

  return {
    /** Each collection's counters are the sums of its rows. */
    countersMatchRows: invariant(
      { collection: world.collections },
      (s, { collection }) => {
        const { ram, disk } = at(s.collections, collection);
        const sum = charged(s, collection);
        return ram === sum.ram && disk === sum.disk;
      },
      {
        says: (s, { collection }) => {
          const { ram, disk } = at(s.collections, collection);
          const sum = charged(s, collection);
          return `${collection} counts RAM ${ram} and disk ${disk}, but its rows add up to RAM ${sum.ram} and disk ${sum.disk}`;
        },
      },
    ),

    countersNeverNegative: invariant(
      { collection: world.collections },
      (s, { collection }) =>
        at(s.collections, collection).ram >= 0 && at(s.collections, collection).disk >= 0,
      { says: (s, { collection }) => `${collection} counts RAM ${at(s.collections, collection).ram}` },
    ),

    /** No charge, undo, handler or disk node ever meets "value is too small for a byte count". */
    noByteCountError: invariant(
      (s) =>
        world.sagas.every((saga) => {
          const node = at(s.sagas, saga).at;
          return node !== 'chargeFailed' && node !== 'stuckInRelease';
        }) &&
        world.handlers.every((delivery) => at(s.handlers, delivery).at !== 'byteCount') &&
        world.disks.every((disk) => at(s.disks, disk) !== 'failed'),
    ),

    /** A saga succeeded and its VMM is active and running: it is paid for. */
    runningIsCharged: invariant(
      { vmm: world.vmms },
      (s, { vmm }) =>
        !at(s.vmms, vmm).started ||
        at(s.instances, instanceOf(vmm)).vmm !== vmm ||
        at(s.registrations, vmm).vm !== 'running' ||
        s.rows.has(rules.rowId(instanceOf(vmm), vmm)),
      { says: (_s, { vmm }) => `${vmm} runs ${instanceOf(vmm)}, but no row stands for it` },
    ),

    /** Nothing under way and no active VMM: no row, and where that is so of a whole project, no count. */
    nothingLeaksAtRest: invariant(
      { instance: world.instances },
      (s, { instance }) => {
        if (!idle(s, instance)) return true;
        const project = world.projectOf(instance);
        return (
          rowsOf(s, instance).length === 0 &&
          (at(s.collections, project).ram === 0 ||
            !world.instances.every((other) => world.projectOf(other) !== project || idle(s, other)))
        );
      },
      {
        says: (s, { instance }) =>
          rowsOf(s, instance).length > 0
            ? `${instance} is at rest without a VMM, but its row is there`
            : `all instances are at rest without a VMM, but ${world.projectOf(instance)} counts RAM ${
                at(s.collections, world.projectOf(instance)).ram
              }`,
      },
    ),

    /** A running VM whose saga succeeded is its instance's active one. */
    noOrphanVm: invariant(
      { vmm: world.vmms },
      (s, { vmm }) =>
        !at(s.vmms, vmm).started ||
        at(s.registrations, vmm).vm !== 'running' ||
        at(s.instances, instanceOf(vmm)).vmm === vmm,
      {
        says: (s, { vmm }) =>
          `${vmm} runs, but the active VMM of ${instanceOf(vmm)} is ${at(s.instances, instanceOf(vmm)).vmm}`,
      },
    ),

    /** Holds by construction where rows are keyed by instance; variant D has to keep it. */
    chargedOnce: invariant(
      { instance: world.instances },
      (s, { instance }) => rowsOf(s, instance).length <= 1,
      {
        says: (s, { instance }) => `${instance} is charged as ${rowsOf(s, instance).join(' and ')}`,
      },
    ),
  };
}

/** What the system owes in each single step. */
export function actionProperties(world: World, rules: Rules) {
  /** The DELETE that a step performed, if it did. */
  const deleted = (before: State, after: State): Release | null => {
    for (const saga of world.sagas) {
      const { at: node, gen } = at(before.sagas, saga);
      if (node === 'release' && at(after.sagas, saga).at !== 'release' && rules.unwindReleases()) {
        return { instance: world.instanceOf(saga), vmm: world.vmmOf(saga), max: gen + 1, by: 'unwind' };
      }
    }
    // A lost connection starts the delivery anew; its old handler still has its DELETE before it.
    if (before.lost !== after.lost) return null;
    for (const delivery of world.handlers) {
      const { at: step, gen } = at(before.handlers, delivery);
      if (step === 'release' && at(after.handlers, delivery).at !== 'release') {
        const vmm = senderOf(delivery);
        return { instance: world.instanceOf(vmm), vmm, max: gen, by: 'handler' };
      }
    }
    return null;
  };

  return {
    /** In each of the three places where an instance's or VMM's generation is kept. */
    generationsNeverDecrease: actionProperty(
      (before: State, after: State) =>
        world.instances.every((id) => at(before.instances, id).gen <= at(after.instances, id).gen) &&
        world.vmms.every((id) => {
          const record = at(after.vmms, id);
          const copy = at(after.registrations, id);
          return (
            (record.state === 'deleted' || at(before.vmms, id).gen <= record.gen) &&
            (copy.sled === 'none' ||
              (at(before.registrations, id).gen <= copy.gen &&
                at(before.registrations, id).vmmGen <= copy.vmmGen))
          );
        }),
      { says: () => 'a generation went down' },
    ),

    /** A DELETE done again right away, as a retry may, changes nothing more. */
    deleteIsIdempotent: actionProperty(
      (before: State, after: State) => {
        const release = deleted(before, after);
        if (release === null) return true;
        const { books } = deleteResource(world, rules, after, release);
        const row = rules.rowId(release.instance, release.vmm);
        return (
          books.rows.has(row) === after.rows.has(row) &&
          world
            .collectionsOf(release.instance)
            .every((id) => at(books.collections, id).ram === at(after.collections, id).ram)
        );
      },
      { says: () => 'the same DELETE once more would change the books again' },
    ),
  };
}

/** Against vacuity: each of these must be possible. */
export function reachable(world: World) {
  return {
    started: (s: State) => world.ofSagas.some((vmm) => at(s.vmms, vmm).started),
    unwound: (s: State) =>
      world.startable.some((id) => at(s.instances, id).gen === 4 && at(s.instances, id).vmm === 'none'),
    everythingStopped: (s: State) =>
      world.sagas.every((saga) => at(s.sagas, saga).at === 'ended') &&
      s.rows.every((_, row) => row.startsWith('D')),
  };
}
