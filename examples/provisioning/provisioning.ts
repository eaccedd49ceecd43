import { constants, environments } from './constants';
import { diskActions } from './disk';
import { initialState } from './initial';
import { monitorActions } from './monitor';
import { nexusActions } from './nexus';
import { actionProperties, atRest, invariants, reachable } from './properties';
import { unfixed } from './rules';
import { sagaActions } from './saga';
import { sledAgentActions } from './sledAgent';
import { at, spec } from './state';
import { unwindActions } from './unwind';
import { userActions } from './user';
import { worldOf } from './world';

/** The provisioning system as it was on the day of the incident. */
const provisioning = spec({
  name: 'provisioning',
  constants,
  environments,
  definitions: () => unfixed,
  init: (constants, rules) => initialState(worldOf(constants), rules),
  actions: (constants, rules) => {
    const world = worldOf(constants);
    const all = {
      ...sagaActions(world, rules),
      ...unwindActions(world, rules),
      ...sledAgentActions(world, rules),
      ...monitorActions(world, rules),
      ...nexusActions(world, rules),
      ...userActions(world, rules),
      ...diskActions(world, rules),
    };
    const { mark, register, charge, askToRun, runTakesLock, timeOut, undoCharge, askToUnregister } = all;
    const { createVm, monitorPolls, runDropsLock, unregisterInstance, finishUnwinding, start } = all;
    const { monitorFindsNothing, handlerReads, handlerReleases } = all;
    return {
      // In the order of the incident: of runs equally short, the one whose actions come first is found first.
      ...{ mark, register, charge, askToRun, runTakesLock, timeOut, undoCharge, askToUnregister },
      ...{ createVm, monitorPolls, runDropsLock, unregisterInstance, finishUnwinding, start },
      ...{ monitorFindsNothing, handlerReads, handlerReleases },
      ...all,
    };
  },
  invariants: (constants, rules) => invariants(worldOf(constants), rules),
  actionProperties: (constants, rules) => actionProperties(worldOf(constants), rules),
  reachable: (constants) => reachable(worldOf(constants)),
  // A monitor that is told 500 publishes for ever, and unfixed each time may lower the counters once more:
  // some way below zero there is nothing new to see.
  constraint: (s, { FLOOR }) => at(s.collections, 'fleet').ram >= FLOOR,
  final: (s, constants) => {
    const world = worldOf(constants);
    return world.instances.every((instance) => atRest(world, s, instance));
  },
});
export default provisioning;
