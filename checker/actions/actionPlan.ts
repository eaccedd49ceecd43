import type { Instance, Learner } from '../learn/learner';
import type { ModelAction } from '../model/model';
import type { ValueId } from '../value/values';
import { Payoff } from '../learn/payoff';
import type { Position } from '../store/position';
import type { Spending } from '../learn/spending';

/** The instances that an action's ranges give in some states. */
export interface Choice {
  readonly instances: readonly Instance[];
  /** The address of their list for the kernel. */
  readonly list: number;
}

/** An action, and how the search finds its steps. */
export interface ActionPlan {
  readonly action: ModelAction;
  readonly index: number;
  /** The instances there are in every state; empty where a range depends on the state. */
  readonly instances: readonly Instance[];
  readonly depends: boolean;
  readonly rangeRoots: ReadonlyMap<string, number>;
  /** The one parameter whose range depends on the state, where the kernel can find the instances; or null. */
  drawn: string | null;
  /** Choice of ranges' leaves → instances. */
  readonly choices: Map<string, Choice>;
  /** The values of ranges that don't depend on the state, by parameter. */
  readonly fixedIds: Map<string, readonly ValueId[]>;
  readonly payoff: Payoff;
  /** Tracked runs, and the cells they read. */
  runs: number;
  readonly reads: Set<number>;
  /** Whether it is run plainly: from the state after the one in which learning was given up. */
  direct: boolean;
}

/** The plan of an action that nothing is known of yet. `position` tells the state at hand. */
export function planOf(
  action: ModelAction,
  index: number,
  learner: Learner,
  position: Pick<Position, 'state' | 'row'>,
  spending: Spending,
): ActionPlan {
  const { evaluator } = learner;
  const { ranges, name } = action;
  const dependent = Object.keys(ranges).filter((parameter) => typeof ranges[parameter] === 'function');
  const depends = dependent.length > 0;
  const instances = depends
    ? []
    : evaluator
        .parametersOf(ranges, name, {})
        .map((parameters) => learner.instance(action, index, parameters));
  return {
    action,
    index,
    depends,
    instances,
    rangeRoots: new Map(Object.keys(ranges).map((name) => [name, learner.tries.root()])),
    drawn: dependent.length === 1 ? (dependent[0] as string) : null,
    choices: new Map(),
    fixedIds: new Map(),
    payoff: new Payoff(spending, () => {
      if (depends) return { calls: evaluator.parametersOf(ranges, name, position.state()).length };
      const { row, offset } = position.row();
      const noted = instances.reduce((sum, { root }) => sum + learner.tries.looksFrom(root, row, offset), 0);
      return { calls: instances.length, noted };
    }),
    runs: 0,
    reads: new Set(),
    direct: false,
  };
}
