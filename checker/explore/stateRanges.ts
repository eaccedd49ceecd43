import {
  RANKS,
  type Instance,
  type Learner,
  type MembersOf,
  type RangeLeaf,
  type RowAt,
} from '../learn/learner';
import { YES } from '../learn/verdict';
import type { ModelAction, State } from '../model/model';
import type { ValueId } from '../value/values';
import type { Choice, Plan } from './plan';
import type { Roots } from './roots';

/** Choices of ranges kept by an action; there are no more instances than these name, only ways to name them. */
const MOST_CHOICES = 1 << 16;

/** Finds the instances of actions whose ranges depend on the state. */
export class StateRanges {
  constructor(
    private readonly learner: Learner,
    private readonly roots: Roots,
    private readonly copied: (at: RowAt) => RowAt,
    /** Called where an action has given up learning. */
    private readonly onGivenUp: () => void,
  ) {}

  /**
   * An action's instances in a state, in the order of its ranges; undefined where they have to be found
   * plainly. `row` is asked each time: learning one range may move and widen all rows.
   */
  instancesIn(plan: Plan, row: () => RowAt, visits: number): Choice | undefined {
    const key: string[] = [];
    const lists: (readonly ValueId[])[] = [];
    for (const [name, range] of Object.entries(plan.action.ranges)) {
      if (typeof range !== 'function') {
        lists.push(this.fixedIds(plan, name));
        continue;
      }
      const leaf = this.leafOf(plan, name, range, row, visits);
      if (leaf === undefined) return undefined;
      const ids = 'values' in leaf ? leaf.values : this.membersIn(leaf, row());
      lists.push(ids);
      key.push(ids.join(','));
    }
    const joined = key.join(';');
    let choice = plan.choices.get(joined);
    if (choice === undefined) {
      if (plan.choices.size >= MOST_CHOICES) this.forget(plan);
      const instances = this.product(plan, lists);
      choice = { instances, list: this.roots.list(instances, plan.index * RANKS) };
      plan.choices.set(joined, choice);
    }
    return choice;
  }

  private forget(plan: Plan): void {
    for (const { instances, list } of plan.choices.values()) this.roots.free(list, instances);
    plan.choices.clear();
  }

  private leafOf(
    plan: Plan,
    name: string,
    range: (state: State) => Iterable<unknown>,
    row: () => RowAt,
    visits: number,
  ): RangeLeaf | undefined {
    const { learner } = this;
    const { tries, ranges } = learner;
    const root = plan.rangeRoots.get(name) as number;
    const before = row();
    let leaf = -tries.walk(tries.words[root] as number, before.row, before.offset);
    if (leaf === 0) {
      const learned = learner.learnRange(root, this.copied(before), range);
      if (typeof learned === 'string') {
        plan.fallBack.give(learned);
        this.onGivenUp();
        return undefined;
      }
      if (plan.fallBack.miss(visits)) this.onGivenUp();
      leaf = learned.leaf;
    }
    const found = ranges[leaf] as RangeLeaf;
    if ('values' in found || found.filter === null || !this.hasNewer(found, row())) return found;
    if (learner.refreshRange(leaf, this.copied(row()), range)) return ranges[leaf] as RangeLeaf;
    learner.forgetRange(root, this.copied(row()));
    return this.leafOf(plan, name, range, row, visits);
  }

  /** Whether the state holds a member that the range's filter has not judged. */
  private hasNewer({ membersOf, filter }: MembersOf, at: RowAt): boolean {
    const { children } = membersOf;
    for (let k = filter?.of.length ?? 0; k < children.length; k++)
      if (this.learner.valueAt(at, children[k]?.cell as number) !== 0) return true;
    return false;
  }

  private membersIn({ membersOf, filter }: MembersOf, at: RowAt): readonly ValueId[] {
    const ids: ValueId[] = [];
    for (const child of membersOf.inOrder) {
      const local = this.learner.valueAt(at, child.cell);
      if (local !== 0 && (filter === null || filter.of[child.index]?.[local] === YES))
        ids.push(this.learner.evaluator.values.idOf(child.key));
    }
    return ids;
  }

  private fixedIds(plan: Plan, name: string): readonly ValueId[] {
    let ids = plan.fixedIds.get(name);
    if (ids === undefined) {
      const { evaluator } = this.learner;
      const range = { [name]: plan.action.ranges[name] } as ModelAction['ranges'];
      ids = evaluator
        .parametersOf(range, plan.action.name, {})
        .map((parameters) => evaluator.values.idOf(parameters[name]));
      plan.fixedIds.set(name, ids);
    }
    return ids;
  }

  private product(plan: Plan, lists: readonly (readonly ValueId[])[]): readonly Instance[] {
    const names = Object.keys(plan.action.ranges);
    const { values } = this.learner.evaluator;
    let chosen: { [parameter: string]: unknown }[] = [{}];
    lists.forEach((ids, p) => {
      chosen = chosen.flatMap((before) =>
        ids.map((id) => ({ ...before, [names[p] as string]: values.valueOf(id) })),
      );
    });
    return chosen.map((parameters) =>
      this.learner.instance(plan.action, plan.index, Object.freeze(parameters)),
    );
  }
}
