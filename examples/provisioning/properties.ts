import { deleteResource } from './database';
import type { Release, Rules } from './rules';
import {
  actionProperty,
  at,
  invariant,
  type CollectionId,
  type DiskId,
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

const isSaga = (id: string): id is SagaId => id.startsWith('A');
const isDisk = (id: string): id is DiskId => id.startsWith('D');

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
    noByteCountError: invariant({ by: [...world.sagas, ...world.handlers, ...world.disks] }, (s, { by }) => {
      if (isSaga(by)) {
        const node = at(s.sagas, by).at;
        return node !== 'chargeFailed' && node !== 'stuckInRelease';
      }
      return isDisk(by) ? at(s.disks, by) !== 'failed' : at(s.handlers, by).at !== 'byteCount';
    }),

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
  /** The DELETE that a step performed by a saga's unwinding, or for a delivery, if it did. */
  const deleted = (before: State, after: State, by: SagaId | HandlerId): Release | null => {
    if (isSaga(by)) {
      const { at: node, gen } = at(before.sagas, by);
      return node === 'release' && at(after.sagas, by).at !== 'release' && rules.unwindReleases()
        ? { instance: world.instanceOf(by), vmm: world.vmmOf(by), max: gen + 1, by: 'unwind' }
        : null;
    }
    const { at: step, gen } = at(before.handlers, by);
    // A lost connection starts the delivery anew; its old handler still has its DELETE before it.
    if (step !== 'release' || at(after.handlers, by).at === 'release' || before.lost !== after.lost)
      return null;
    const vmm = senderOf(by);
    return { instance: world.instanceOf(vmm), vmm, max: gen, by: 'handler' };
  };

  return {
    /** In each of the three places where an instance's or VMM's generation is kept. */
    generationsNeverDecrease: actionProperty(
      { vmm: world.vmms },
      (before, after, { vmm }) => {
        const instance = world.instanceOf(vmm);
        const record = at(after.vmms, vmm);
        const copy = at(after.registrations, vmm);
        return (
          at(before.instances, instance).gen <= at(after.instances, instance).gen &&
          (record.state === 'deleted' || at(before.vmms, vmm).gen <= record.gen) &&
          (copy.sled === 'none' ||
            (at(before.registrations, vmm).gen <= copy.gen &&
              at(before.registrations, vmm).vmmGen <= copy.vmmGen))
        );
      },
      { says: (_before, _after, { vmm }) => `a generation of ${vmm} or ${world.instanceOf(vmm)} went down` },
    ),

    /** A DELETE done again right away, as a retry may, changes nothing more. */
    deleteIsIdempotent: actionProperty(
      { by: [...world.sagas, ...world.handlers] },
      (before, after, { by }) => {
        const release = deleted(before, after, by);
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
      { says: (_before, _after, { by }) => `the DELETE by ${by} once more would change the books again` },
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
