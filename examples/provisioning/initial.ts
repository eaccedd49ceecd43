import { Map } from 'immutable';
import type { Rules } from './rules';
import {
  CollectionRow,
  Handler,
  InstanceRow,
  Registration,
  Run,
  Saga,
  Unregister,
  VmmRow,
  type RowId,
  type State,
} from './state';
import type { World } from './world';

/** Every instance to start has been created (generation 2); every bystander was started and runs, on the first sled. */
export function initialState(world: World, rules: Rules): State {
  const { instanceOf, collectionsOf, slotOf } = world;
  const vmmOf = (bystander: `J${number}`) => `W${bystander.slice(1)}` as `W${number}`;
  const charged = (collection: string) =>
    world.bystanders
      .filter((bystander) => (collectionsOf(bystander) as readonly string[]).includes(collection))
      .reduce((sum, bystander) => sum + world.sizeOf(bystander), 0);
  return {
    instances: Map([
      ...world.startable.map((id) => [id, InstanceRow()] as const),
      ...world.bystanders.map((id) => [id, InstanceRow({ vmm: vmmOf(id), gen: 3, state: 'Vmm' })] as const),
    ]),
    vmms: Map([
      ...world.ofSagas.map((id) => [id, VmmRow()] as const),
      ...world.ofBystanders.map((id) => [id, VmmRow({ state: 'Running', gen: 3, started: true })] as const),
    ]),
    rows: Map(
      world.ofBystanders.map((id): [RowId, 'charged'] => [rules.rowId(instanceOf(id), id), 'charged']),
    ),
    collections: Map(world.collections.map((id) => [id, CollectionRow({ ram: charged(id) })])),
    producers: Map(world.constants.retry ? world.bystanders.map((id) => [id, 'registered'] as const) : []),
    sagas: Map(world.sagas.map((id) => [id, Saga()])),
    handlers: Map(world.handlers.map((id) => [id, Handler()])),
    disks: Map(world.disks.map((id) => [id, 'none'])),
    replies: Map(),
    runs: Map(world.sagas.map((id) => [id, Run()])),
    unregisters: Map(world.sagas.map((id) => [id, Unregister()])),
    slots: Map(world.ofBystanders.map((id) => [slotOf('S1', instanceOf(id)), id])),
    registrations: Map([
      ...world.ofSagas.map((id) => [id, Registration()] as const),
      ...world.ofBystanders.map(
        (id) =>
          [
            id,
            Registration({ sled: 'S1', gen: 3, active: true, vmmGen: 3, vm: 'running', monitor: 'watching' }),
          ] as const,
      ),
    ]),
    lost: 0,
  };
}
