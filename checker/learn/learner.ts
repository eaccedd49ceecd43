import type { Parameters } from '../../spec/index';
import type { Evaluator, Row } from '../model/evaluator';
import { listOf } from '../model/listOf';
import { calls } from '../model/calls';
import { Chance } from '../model/chance';
import { Fault, type FaultDetails, type Place as FaultPlace } from '../model/fault';
import type { ModelAction, State } from '../model/model';
import { LazyStates } from '../model/stateObject';
import type { ValueId } from '../value/values';
import type { Memory } from '../kernel/memory';
import { Cells, type CellsOptions, type Place } from './cells';
import { flatten, idIn } from './flatten';
import { leadsTo } from './matches';
import { DISABLED, Leaves, writesOf, type StepWrites } from './leaves';
import { Notes, Session, type Event } from './session';
import { Predicates } from './predicates';
import { EngineError } from '../model/engineError';
import { during, stopRuns } from '../model/underWay';
import { MISS } from './trieNodes';
import { Tries } from './tries';
import type { Verdicts } from './verdict';
import { shown, viewData } from './views/view';
import { ABSENT, type CellRow, type RowAt } from './row';

/** The leaf of a predicate's trie. */
export const FALSE = DISABLED;
export const TRUE = 2;

/** More instances of one action than this are ranked all the same, only not in the plain search's order. */
const RANK_BITS = 18;
export const RANKS = 1 << RANK_BITS;

/** Values of a variable whose parts are kept. */
const MOST_PARTS = 1 << 16;

/** An action with its parameters chosen: one trie. */
export interface Instance {
  readonly number: number;
  /** Smaller for what the plain search takes first; only meaningful for instances there are in every state. */
  readonly rank: number;
  readonly action: ModelAction;
  readonly actionIndex: number;
  readonly parameters: Parameters;
  readonly root: number;
  /** Choice → edge. */
  readonly edges: number[];
}

/** What a range gives in states of one leaf: a list of values, or whatever is in a Set of the state. */
export type RangeLeaf = { readonly values: readonly ValueId[] } | MembersOf;

/** A range that is a function of the state. */
export interface StateRange {
  readonly place: FaultPlace;
  readonly values: (state: State) => Iterable<unknown>;
}

/** The members of a Set that a filter accepts; null accepts all. What came after `filter.of.length` is not judged yet. */
export interface MembersOf {
  readonly membersOf: Place;
  readonly filter: Verdicts | null;
}

/** The value of a variable as cells and their local values, and what it adds to a fingerprint. */
export interface Part {
  readonly cells: readonly number[];
  readonly locals: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Makes the leaf for what a function gave, once it is known which cells it has read. */
type LeafOf = (read: readonly number[]) => number;

/** What became of running a function of the user's on a tracked state. */
export type Learned =
  | {
      readonly leaf: number;
      readonly events: readonly Event[];
      /** Calls of predicates about members. */
      readonly asked: number;
    }
  | 'untrackable';

/**
 * Runs the user's functions on tracked states and keeps what they answer as tries. Whatever goes wrong in
 * a tracked run is left to a plain run to judge: `untrackable` asks for one.
 */
export class Learner {
  readonly cells: Cells;
  readonly tries: Tries;
  readonly pairTries: Tries;
  readonly leaves: Leaves;
  readonly ranges: RangeLeaf[] = [{ values: [] }, { values: [] }];
  /** Edge → the step it names. */
  readonly edgeInstance: Instance[] = [];
  readonly edgeChoice: number[] = [];
  readonly edgeAction: number[] = [];
  /** Calls of the user's functions by tracked runs. */
  calls = 0;
  /** Calls of predicates about members, within those runs. */
  asked = 0;
  private readonly states: LazyStates;
  /** By variable: the values of initial states, taken apart. */
  private readonly parts: Map<ValueId, Part>[] = [];
  /** All instances, by number. */
  readonly instances: Instance[] = [];
  private readonly instanceOf = new Map<string, Instance>();
  private readonly predicates: Predicates;
  private readonly chance: Chance;

  constructor(
    readonly evaluator: Evaluator,
    readonly memory: Memory,
    kept: Pick<CellsOptions, 'wholes' | 'rows'> = {},
  ) {
    const accuse = (details: Pick<FaultDetails, 'what' | 'advice'>): never => {
      const fault = new Fault({ place: evaluator.answering, ...details });
      stopRuns(fault); // the user's code may catch it
      throw fault;
    };
    this.cells = new Cells(evaluator.values, evaluator.variables, memory, { ...kept, mixed: accuse });
    this.chance = new Chance((asked) =>
      accuse({
        what: `it is not pure: it asks for ${asked}`,
        advice:
          'let an effect return several changes where any of them may come, and keep what time it is in a variable of the state',
      }),
    );
    this.tries = new Tries(this.cells, 1, memory);
    this.pairTries = new Tries(this.cells, 2, memory);
    this.leaves = new Leaves(this.cells, memory);
    this.states = new LazyStates(evaluator.variables);
    this.predicates = new Predicates(evaluator.values);
  }

  /** The instance of an action for parameters (canonical values) with these ids. */
  instance(action: ModelAction, actionIndex: number, parameters: Parameters): Instance {
    const ids = Object.values(parameters).map((value) => this.evaluator.values.idOf(value));
    const key = `${actionIndex}:${ids.join(',')}`;
    let instance = this.instanceOf.get(key);
    if (instance === undefined) {
      const number = this.instances.length;
      instance = {
        number,
        rank: actionIndex * RANKS + (number % RANKS),
        action,
        actionIndex,
        parameters,
        root: this.tries.root(),
        edges: [],
      };
      this.instances.push(instance);
      this.instanceOf.set(key, instance);
    }
    return instance;
  }

  /** The edge of an instance's choice. */
  edge(instance: Instance, choice: number): number {
    const known = instance.edges[choice];
    if (known !== undefined) return known;
    const edge = this.edgeInstance.push(instance) - 1;
    this.edgeChoice.push(choice);
    this.edgeAction.push(instance.actionIndex);
    return (instance.edges[choice] = edge);
  }

  /** Learns what an action's instance does in a state. */
  learnAction(instance: Instance, at: RowAt): Learned {
    const { action, parameters } = instance;
    let steps: StepWrites[] = [];
    const body = (state: State, notes: Notes): LeafOf => {
      if (action.guard) {
        this.calls++;
        notes.asker = action.guard;
        if (!this.evaluator.enabled(action, parameters, state)) return () => DISABLED;
      }
      this.calls++;
      notes.asker = action.effect;
      const changes = this.evaluator.changesOf(action, parameters, state);
      const place: FaultPlace = { part: 'effect', name: action.name, parameters };
      steps = calls.during(place, () =>
        changes.map((one) => writesOf(this.cells, one, this.evaluator.variables)),
      );
      if (steps.length === 0) return () => DISABLED;
      return (read) => {
        const known = new Map(read.map((cell) => [cell, this.valueAt(at, cell)]));
        const { actionIndex: action } = instance;
        return this.leaves.add(
          steps.map((writes, choice) => ({ writes, edge: this.edge(instance, choice), action })),
          known,
        );
      };
    };
    const trusted = ({ gaveOther }: Notes) => !gaveOther || this.takesPlainly(instance, steps, at);
    return this.learn(this.tries, instance.root, at, body, trusted);
  }

  /** Whether an action takes these steps when it is given real values. */
  private takesPlainly({ action, parameters }: Instance, steps: readonly StepWrites[], at: RowAt): boolean {
    const { cells, evaluator } = this;
    const { variables, values } = evaluator;
    const state = this.states.of((variable) =>
      values.valueOf(this.idAt(at, cells.variables[variable] as Place)),
    );
    try {
      this.calls++;
      const changes = evaluator.changesOf(action, parameters, state);
      return (
        changes.length === steps.length &&
        steps.every(({ writes }, k) =>
          leadsTo(cells, variables, changes[k] as object, writes, (cell) => this.valueAt(at, cell)),
        )
      );
    } catch (error) {
      if (error instanceof EngineError) throw error;
      return false;
    }
  }

  /** Learns what a predicate over single states answers. */
  learnPredicate(root: number, at: RowAt, holds: (state: State) => boolean): Learned {
    return this.learn(this.tries, root, at, (state) => {
      this.calls++;
      const answer = holds(state) ? TRUE : FALSE;
      return () => answer;
    });
  }

  /** What a predicate answers apart from all that is known of it; undefined where that can't be learned. */
  askAnew(at: RowAt, holds: (state: State) => boolean): boolean | undefined {
    const learned = this.learnPredicate(this.tries.root(), at, holds);
    return typeof learned === 'object' ? learned.leaf === TRUE : undefined;
  }

  /** Learns what a predicate over a step answers; the row holds cell c of the two states at 2c and 2c + 1. */
  learnStepPredicate(
    root: number,
    before: RowAt,
    after: RowAt,
    pair: CellRow,
    holds: (before: State, after: State) => boolean,
  ): Learned {
    return this.tracked(`step ${root}`, (notes) => {
      const states = [before, after].map((at, side) =>
        this.stateOf(new Session(this.cells, at, notes, side)),
      ) as [State, State];
      this.calls++;
      const answer = holds(...states) ? TRUE : FALSE;
      return () => this.store(this.pairTries, root, notes, pair, 0, () => answer);
    });
  }

  /** Learns what a range gives. */
  learnRange(root: number, at: RowAt, range: StateRange): Learned {
    return this.learn(this.tries, root, at, (state) => {
      const leaf = this.rangeLeaf(range, state);
      return () => this.ranges.push(leaf) - 1;
    });
  }

  /** Makes a range's trie miss where it has a leaf for a state: what is learned there next reads more. */
  forgetRange(root: number, { row, offset }: RowAt): void {
    this.tries.put(this.tries.insert(root, [], row, offset), MISS);
  }

  /**
   * Asks a range again that was learned before some members were known; its leaf changes in place. False
   * where that can't be: its filter, asked about nothing so far, turns out to read the state itself.
   */
  refreshRange(leaf: number, at: RowAt, range: StateRange): boolean {
    const notes = new Notes(this.predicates);
    const given = this.run(notes, () => {
      const session = new Session(this.cells, at, notes);
      return this.rangeLeaf(range, this.stateOf(session));
    });
    if (given === undefined || !('membersOf' in given)) return false;
    this.ranges[leaf] = given;
    return true;
  }

  private rangeLeaf({ place, values }: StateRange, state: State): RangeLeaf {
    this.calls++;
    const given = this.evaluator.call(place, state, (): MembersOf | readonly unknown[] => {
      const members: unknown = values(state);
      const view = viewData(members);
      if (view && !view.change && view.place.atoms[view.session.peek(view.place)]?.kind === 'Set')
        return { membersOf: view.place, filter: view.filter ?? null };
      if (typeof members === 'string') throw new TypeError('a string is no range');
      return listOf(members as Iterable<unknown>);
    });
    if ('membersOf' in given) return given;
    return { values: [...new Set(given.map((value) => this.evaluator.values.idOf(value)))] };
  }

  /** What an initial state consists of. Many share the values of variables: those are taken apart once. */
  partsOf(row: Row): readonly Part[] {
    return row.map((id, i) => {
      const known = this.parts[i]?.get(id);
      if (known) return known;
      const part = this.takeApart(id, this.cells.variables[i] as Place);
      const kept = (this.parts[i] ??= new Map<ValueId, Part>());
      if (kept.size >= MOST_PARTS) kept.clear();
      kept.set(id, part);
      return part;
    });
  }

  private takeApart(id: ValueId, variable: Place): Part {
    const locals = new Map<number, number>();
    const sink = {
      write: (place: Place, local: number) => void locals.set(place.cell, local),
      clearBelow: () => {},
    };
    flatten(this.cells, variable, this.evaluator.values.valueOf(id), sink);
    let low = 0;
    let high = 0;
    for (const [cell, local] of locals) {
      const key = this.cells.keyOf(cell, local);
      low ^= key[0];
      high ^= key[1];
    }
    return { cells: [...locals.keys()], locals: [...locals.values()], low, high };
  }

  /** The id of a variable's value, put together again. */
  idAt(at: RowAt, variable: Place): ValueId {
    return idIn(this.cells, variable, (place) => this.valueAt(at, place.cell)) as ValueId;
  }

  valueAt({ row, offset, width }: RowAt, cell: number): number {
    return cell < width ? (row[offset + cell] as number) : ABSENT;
  }

  private learn(
    tries: Tries,
    root: number,
    at: RowAt,
    body: (state: State, notes: Notes) => LeafOf,
    trusted: (notes: Notes) => boolean = () => true,
  ): Learned {
    return this.tracked(`${root}`, (notes) => {
      const session = new Session(this.cells, at, notes);
      const leafOf = body(this.stateOf(session), notes);
      return () =>
        trusted(notes) ? this.store(tries, root, notes, at.row, at.offset, leafOf) : 'untrackable';
    });
  }

  /** Makes a tracked run, then stores what came of it. */
  private tracked(root: string, run: (notes: Notes) => () => Learned): Learned {
    const notes = new Notes(this.predicates, root);
    const store = this.run(notes, () => run(notes));
    return store === undefined ? 'untrackable' : store();
  }

  /**
   * What a tracked run gives; undefined where that is void. Whatever it throws is for a plain run to reproduce, be it the
   * user's fault or a view's; but for what the engine itself throws, which is never the user's.
   */
  private run<T>(notes: Notes, body: () => T): T | undefined {
    let given: T | undefined;
    try {
      given = during(notes, () => this.chance.without(body));
    } catch (error) {
      if (error instanceof EngineError) throw error;
    } finally {
      notes.over = true;
      this.asked += notes.asked;
    }
    if (notes.stopped) throw notes.stopped;
    return notes.refused ? undefined : given;
  }

  private store(
    tries: Tries,
    root: number,
    { events, asked }: Notes,
    row: CellRow,
    offset: number,
    leafOf: LeafOf,
  ): Learned {
    const slot = tries.insert(root, events, row, offset);
    const known = tries.words[slot] as number;
    if (known < 0) return { leaf: -known, events, asked };
    const leaf = leafOf(events.flatMap((event) => (event.kind === 'read' ? [event.place.cell] : [])));
    tries.words[slot] = -leaf;
    return { leaf, events, asked };
  }

  /** A state whose variables are views. */
  private stateOf(session: Session): State {
    const { variables } = this.cells;
    return shown(this.states.of((variable) => session.get(variables[variable] as Place)));
  }
}
