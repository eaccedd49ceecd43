import { JUDGE_KIND } from '../kernel/codes';
import { HEADER, JUDGE } from '../kernel/layout';
import { Table } from '../kernel/memory';
import { TRUE, type Learner } from '../learn/learner';
import type { Place as FaultPlace } from '../model/fault';
import type { State } from '../model/model';
import { propertyKind, type PropertyKindName } from '../model/propertyKinds';
import type { Dependencies, Asked, KnownOfStep } from './dependencies';
import { runOf } from '../learn/cost';
import { Payoff, TOO_MUCH } from '../learn/payoff';
import type { Spending } from '../learn/spending';
import type { StepPredicate } from './stepPredicates';
import type { RowAt } from '../learn/row';
import type { Position } from '../store/position';

const JUDGE_WORDS = JUDGE.BYTES >> 2;

/** What is asked about a new state. */
interface Entry extends Asked {
  /** The property's name; several share one where the property has ranges. */
  readonly name: string;
  readonly root: number;
  /** Settled: no need to ask any more. */
  closed: boolean;
}

/** A predicate of the spec's over single states: learned, or called where that does not pay. */
export interface StatePredicate extends Entry {
  readonly kind: PropertyKindName | 'constraint';
  readonly place: FaultPlace;
  readonly holds: (state: State) => boolean;
  readonly payoff: Payoff;
  /** The answer that settles the property: true where some state has to satisfy it, false where all have to. */
  readonly awaited: boolean;
}

/** Whether a step that changes nothing would keep an action property in the state. */
export interface StutterPredicate extends Entry {
  readonly kind: 'quiet';
  readonly stepPredicate: StepPredicate;
}

/**
 * The predicates that every new state is put to. A predicate that holds in a state also holds after a step
 * that writes nothing the predicate has ever read; so only a few need to be walked after each step. What is
 * known of them stands in a table for the kernel.
 */
export class StatePredicates {
  readonly all: (StatePredicate | StutterPredicate)[] = [];
  /** As `JUDGE` of the kernel's layout has them. */
  private readonly table: Table;

  constructor(
    private readonly learner: Learner,
    private readonly dependencies: Dependencies,
    private readonly position: Position,
    private readonly spending: Spending,
    /** Called when an answer has been learned. */
    private readonly onLearned: (predicate: StatePredicate, leaf: number, at: RowAt) => void,
  ) {
    this.table = new Table(learner.memory, HEADER.JUDGES, 64);
  }

  /** Adds a predicate of the spec's; its index is its place in `all`. */
  add(
    place: FaultPlace & { readonly part: StatePredicate['kind'] },
    holds: (state: State) => boolean,
  ): StatePredicate {
    const { tries } = this.learner;
    const answer = (state: State) => this.learner.evaluator.predicate(place, state, () => holds(state));
    const predicate: StatePredicate = {
      kind: place.part,
      name: place.name,
      place,
      root: this.learner.tries.root(),
      holds: answer,
      reads: new Set(),
      payoff: new Payoff(this.spending),
      awaited: place.part !== 'constraint' && propertyKind(place.part).holds === 'sometime',
      /** What is called is called about every state, since what it reads is no longer noted. */
      get always() {
        return this.payoff.direct;
      },
      foreseen({ after }) {
        if (this.payoff.direct) return false;
        const pointer = tries.decide(this.root, after);
        return pointer !== 0 && (pointer === -TRUE) !== this.awaited;
      },
      closed: false,
    };
    this.enter(predicate);
    return predicate;
  }

  /** Adds the question whether a step that changes nothing keeps an action property. */
  addQuiet(stepPredicate: StepPredicate): void {
    const { place, root, reads } = stepPredicate;
    const { pairTries } = this.learner;
    const foreseen = ({ after }: KnownOfStep): boolean =>
      pairTries.decide(root, (code) => after(code >> 1)) === -TRUE;
    this.enter({
      kind: 'quiet',
      name: place.name,
      root,
      reads,
      stepPredicate,
      always: false,
      closed: false,
      foreseen,
    });
  }

  /** The property has been settled. */
  close(name: string): void {
    for (const predicate of this.all)
      if (predicate.name === name && predicate.kind !== 'constraint') this.closeOne(predicate);
  }

  /** The judge need not be asked any more. */
  closeOne(predicate: StatePredicate | StutterPredicate): void {
    predicate.closed = true;
    this.publish(predicate);
  }

  /** A judge's answer about a row. `visits` counts states, to measure how often it has to be asked. */
  ask(predicate: StatePredicate, from: RowAt, visits: number): boolean {
    const { tries } = this.learner;
    if (predicate.payoff.direct) {
      this.spending.called(predicate.payoff.call);
      return predicate.holds(this.position.plain.of(from));
    }
    const pointer = tries.walk(tries.words[predicate.root] as number, from.row, from.offset);
    if (pointer !== 0) return pointer === -TRUE;
    const at = this.position.rowCopy.copied(from);
    const learned = this.learner.memory.crowded
      ? TOO_MUCH
      : this.learner.learnPredicate(predicate.root, at, predicate.holds);
    if (typeof learned === 'object') {
      this.onLearned(predicate, learned.leaf, at);
      this.dependencies.note(predicate.reads, learned.events);
      if (predicate.payoff.miss(runOf(learned), () => visits + 1)) this.giveUp(predicate);
      return learned.leaf === TRUE;
    }
    predicate.payoff.give(learned);
    this.giveUp(predicate);
    return predicate.holds(this.position.plain.of(at));
  }

  private enter(predicate: StatePredicate | StutterPredicate): void {
    const index = this.all.push(predicate) - 1;
    this.table.reserve(this.all.length * JUDGE_WORDS)[index * JUDGE_WORDS + (JUDGE.ROOT >> 2)] =
      predicate.root;
    this.publish(predicate);
    this.dependencies.judges.push(predicate);
    this.dependencies.forgetAll();
  }

  /** It is called from now on, about every state. */
  private giveUp(predicate: StatePredicate): void {
    this.publish(predicate);
    this.dependencies.forgetAll();
  }

  private publish(predicate: StatePredicate | StutterPredicate): void {
    this.table.words[this.all.indexOf(predicate) * JUDGE_WORDS + (JUDGE.KIND >> 2)] = kindOf(predicate);
  }
}

function kindOf(predicate: StatePredicate | StutterPredicate): number {
  if (predicate.closed) return JUDGE_KIND.CLOSED;
  if (predicate.kind === 'quiet') return JUDGE_KIND.QUIET;
  if (predicate.payoff.direct) return JUDGE_KIND.DIRECT;
  if (predicate.kind === 'constraint') return JUDGE_KIND.CONSTRAINT;
  return predicate.awaited ? JUDGE_KIND.REACHABLE : JUDGE_KIND.INVARIANT;
}
