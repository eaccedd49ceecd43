import { UNJUDGED } from '../kernel/codes';
import { GIVEN, HEADER, MEMBER } from '../kernel/layout';
import { Table } from '../kernel/memory';
import {
  RANKS,
  type Instance,
  type Learner,
  type MembersOf,
  type RangeLeaf,
  type StateRange,
} from '../learn/learner';
import { YES } from '../learn/verdict';
import type { ModelAction } from '../model/model';
import type { ValueId } from '../value/values';
import { runOf } from '../learn/cost';
import { TOO_MUCH } from '../learn/payoff';
import type { Choice, ActionPlan } from './actionPlan';
import type { RootTables } from './rootTables';
import type { RowAt } from '../learn/row';

/** Choices of ranges kept by an action; there are no more instances than these name, only ways to name them. */
const MOST_CHOICES = 1 << 16;

/** More members than this are not tabulated: every new one makes the table anew. */
const MOST_TABULATED = 1 << 12;

/** Instances, and the address of their list. */
interface Listed {
  readonly instances: readonly Instance[];
  readonly list: number;
}

/** Finds the instances of actions whose ranges depend on the state. */
export class StateRanges {
  /** Leaf of a range → the address of what it gives, as `GIVEN` of the kernel's layout has it. */
  private readonly leaves: Table;
  private readonly lists = new Map<number, readonly Listed[]>();

  constructor(
    private readonly learner: Learner,
    private readonly rootTables: RootTables,
    private readonly copied: (at: RowAt) => RowAt,
    /** Called where an action has given up learning. */
    private readonly onGivenUp: () => void,
  ) {
    this.leaves = new Table(learner.memory, HEADER.RANGE_LEAVES, 64);
  }

  /**
   * An action's instances in a state, in the order of its ranges; undefined where they have to be found
   * plainly. `row` is asked each time: learning one range may move and widen all rows.
   */
  instancesIn(plan: ActionPlan, row: () => RowAt, visits: number): Choice | undefined {
    const key: string[] = [];
    const lists: (readonly ValueId[])[] = [];
    for (const [name, range] of Object.entries(plan.action.ranges)) {
      if (typeof range !== 'function') {
        lists.push(this.fixedIds(plan, name));
        continue;
      }
      const leaf = this.leafOf(plan, name, row, visits);
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
      choice = { instances, list: this.rootTables.list(instances, plan.index * RANKS) };
      plan.choices.set(joined, choice);
    }
    return choice;
  }

  /**
   * Puts down for the kernel what a `drawn` plan's range gives in states like this one. The plan is no longer
   * `drawn` where that would be too long. `row` as above.
   */
  tabulate(plan: ActionPlan, row: () => RowAt, visits: number): void {
    const name = plan.drawn as string;
    const leaf = this.leafNumber(plan, name, row, visits);
    if (leaf === undefined) return;
    const given = this.learner.ranges[leaf] as RangeLeaf;
    const at = this.leaves.words;
    const old = at[leaf] as number;
    if (old !== 0) this.discard(old, this.lists.get(leaf) ?? []);
    const lists: Listed[] = [];
    const listFor = (ids: readonly ValueId[], rankOf: (k: number) => number): number => {
      const instances = this.product(plan, this.idsWith(plan, name, ids));
      const list = this.rootTables.list(instances, plan.index * RANKS, rankOf);
      lists.push({ instances, list });
      return list;
    };
    if ('values' in given)
      at[leaf] = this.put(
        -1,
        0,
        listFor(given.values, (k) => k),
        [],
      );
    else {
      const { membersOf, filter } = given;
      const { children } = membersOf;
      if (children.length > MOST_TABULATED) {
        plan.drawn = null;
        return this.onGivenUp();
      }
      const { values } = this.learner.evaluator;
      const inner = this.sizeAfter(plan, name);
      const entries = membersOf.inOrder.flatMap((child, n) => {
        const verdicts = filter?.of[child.index];
        if (filter && !verdicts) return [child.cell, UNJUDGED, 0, 0];
        const wanted = verdicts?.indexOf(YES) ?? 0;
        if (wanted < 0) return [];
        const rankOf = (k: number) => (Math.floor(k / inner) * children.length + n) * inner + (k % inner);
        return [child.cell, wanted, listFor([values.idOf(child.key)], rankOf), 0];
      });
      at[leaf] = this.put(membersOf.cell, children.length, 0, entries);
    }
    this.lists.set(leaf, lists);
  }

  /** How many choices the parameters after one have together. */
  private sizeAfter(plan: ActionPlan, name: string): number {
    const names = Object.keys(plan.action.ranges);
    return names
      .slice(names.indexOf(name) + 1)
      .reduce((product, fixed) => product * this.fixedIds(plan, fixed).length, 1);
  }

  private idsWith(plan: ActionPlan, drawn: string, ids: readonly ValueId[]): (readonly ValueId[])[] {
    return Object.keys(plan.action.ranges).map((name) => (name === drawn ? ids : this.fixedIds(plan, name)));
  }

  private put(place: number, count: number, list: number, entries: readonly number[]): number {
    const words = [place, count, list, entries.length / (MEMBER.BYTES >> 2), ...entries];
    const address = this.learner.memory.allocate(words.length * 4);
    this.learner.memory.words(address, words.length).set(words);
    return address;
  }

  private discard(table: number, lists: readonly Listed[]): void {
    const length = this.learner.memory.words(table, GIVEN.ENTRIES >> 2)[GIVEN.LENGTH >> 2] as number;
    this.learner.memory.free(table, GIVEN.ENTRIES + length * MEMBER.BYTES);
    for (const { instances, list } of lists) this.rootTables.free(list, instances);
  }

  private forget(plan: ActionPlan): void {
    for (const { instances, list } of plan.choices.values()) this.rootTables.free(list, instances);
    plan.choices.clear();
  }

  private leafOf(plan: ActionPlan, name: string, row: () => RowAt, visits: number): RangeLeaf | undefined {
    const leaf = this.leafNumber(plan, name, row, visits);
    return leaf === undefined ? undefined : this.learner.ranges[leaf];
  }

  private leafNumber(plan: ActionPlan, name: string, row: () => RowAt, visits: number): number | undefined {
    const { learner } = this;
    const { tries, ranges } = learner;
    const range: StateRange = {
      place: { part: 'range', name: plan.action.name },
      values: plan.action.ranges[name] as StateRange['values'],
    };
    const root = plan.rangeRoots.get(name) as number;
    const before = row();
    let leaf = -tries.walk(tries.words[root] as number, before.row, before.offset);
    if (leaf === 0) {
      const learned = this.learner.memory.crowded
        ? TOO_MUCH
        : learner.learnRange(root, this.copied(before), range);
      if (typeof learned === 'string') {
        plan.payoff.give(learned);
        this.onGivenUp();
        return undefined;
      }
      if (plan.payoff.miss(runOf(learned), () => visits + 1)) this.onGivenUp();
      leaf = learned.leaf;
      this.leaves.reserve(leaf + 1); // the kernel looks every leaf up
    }
    const found = ranges[leaf] as RangeLeaf;
    if ('values' in found || found.filter === null || !this.hasNewer(found, row())) return leaf;
    if (learner.refreshRange(leaf, this.copied(row()), range)) return leaf;
    learner.forgetRange(root, this.copied(row()));
    return this.leafNumber(plan, name, row, visits);
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

  private fixedIds(plan: ActionPlan, name: string): readonly ValueId[] {
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

  private product(plan: ActionPlan, lists: readonly (readonly ValueId[])[]): readonly Instance[] {
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
