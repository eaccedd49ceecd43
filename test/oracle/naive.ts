import {
  hash,
  isList,
  isMap,
  isOrderedMap,
  isOrderedSet,
  isRecord,
  isSet,
  isStack,
  List,
  Map,
  OrderedMap,
  OrderedSet,
  Record,
  Set,
  Stack,
} from 'immutable';
import type { Spec } from 'everystate';
import type { Trace } from '../../checker/trace/trace';
import { naiveParts, type NaiveParts } from './naiveParts';
import type { Outcome, SearchOptions } from './outcome';

type State = { readonly [variable: string]: unknown };
type Fn = (...args: unknown[]) => unknown;
type Clause = {
  readonly ranges: { readonly [name: string]: unknown };
  readonly guard?: Fn;
  readonly effect: Fn;
  readonly holds: Fn;
};

/**
 * The oracle's oracle: a breadth-first search that knows nothing of the checker. States are texts, a value's
 * text says all there is to it, and every function is called every time.
 *
 * `enough`: once a level ends with more states than this, or is the tenth, no deeper one is entered; `maxDepth` says where,
 * so that others can be held to the same bound.
 */
export function searchNaively(
  spec: Spec,
  options: SearchOptions,
  enough = Infinity,
): { outcome: Outcome; maxDepth: number | undefined } {
  const search = new NaiveSearch(spec, options, enough);
  const outcome = search.run();
  return { outcome, maxDepth: search.maxDepth };
}

/**
 * What is wrong with a run that is said to end in a state (or step) that breaks a property, reaches one, or has no
 * successor; null where each step can be taken, leads where it is said to lead, and the end is as it is told.
 */
export function faultOfTrace(spec: Spec, trace: Trace, end: TraceEnd): string | null {
  return new NaiveSearch(spec, { keepGoing: false, deadlock: false }, Infinity).faultOfTrace(trace, end);
}

/** What the end of a run is to show. */
export interface TraceEnd {
  readonly kind: 'invariant' | 'action property' | 'deadlock' | 'reachable';
  readonly property: string;
  readonly parameters: { readonly [parameter: string]: unknown };
}

/** A List that each step appends to itself has a thousand members by then, where a state a level is never enough. */
const MOST_LEVELS = 10;

class NaiveSearch {
  maxDepth: number | undefined;
  private readonly parts: NaiveParts;
  private readonly fixed = new globalThis.Map<unknown, unknown[]>();
  private firsts = 0;
  private readonly seen = new globalThis.Map<string, State>();
  private readonly findings: { [property: string]: number } = {};
  private readonly reached: { [property: string]: number } = {};
  private readonly generatedBy: { [action: string]: number };
  private readonly actions: [string, Clause][];
  private readonly invariants: [string, Clause | Fn][];
  private readonly properties: [string, Clause | Fn][];
  private readonly reachable: [string, Fn][];
  private readonly canon = new Canon();
  private next: State[] = [];
  private initial = 0;
  private generated = 0;
  private outside = 0;
  private depth = 0;
  private left = 0;

  constructor(
    spec: Spec,
    private readonly options: SearchOptions,
    private readonly enough: number,
  ) {
    this.maxDepth = options.maxDepth;
    this.parts = naiveParts(spec);
    this.actions = Object.entries(this.parts.actions) as [string, Clause][];
    this.invariants = Object.entries(this.parts.invariants) as [string, Clause | Fn][];
    this.properties = Object.entries(this.parts.actionProperties) as [string, Clause | Fn][];
    this.reachable = Object.entries(this.parts.reachable) as [string, Fn][];
    this.generatedBy = Object.fromEntries(this.actions.map(([name]) => [name, 0]));
  }

  run(): Outcome {
    try {
      return this.outcome(this.search());
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return {
        ...this.outcome('fault'),
        fault: { place: error.place, what: undefined, length: error.length },
      };
    }
  }

  /** The initial states, each made when it is asked for. */
  private *initialStates(): Generator<State> {
    const given = trouble('init', 0, () => {
      const init = this.parts.init();
      return Symbol.iterator in (init as object)
        ? (init as Iterable<State>)[Symbol.iterator]()
        : [init as State][Symbol.iterator]();
    });
    const next = () => {
      const { done, value } = given.next();
      return done ? undefined : this.canon.state(value);
    };
    for (;;) {
      const state = trouble('init', 0, next);
      if (state === undefined) return;
      yield state;
    }
  }

  private search(): Outcome['end'] {
    for (const state of this.initialStates()) {
      this.initial++;
      this.generated++;
      if (this.discover(state) === 'full') return 'states';
    }
    for (;;) {
      const frontier = this.next;
      this.next = [];
      if (frontier.length === 0) return 'exhausted';
      this.depth++;
      this.left = frontier.length;
      if (this.satisfied()) return 'violation';
      const enough = this.seen.size > this.enough || (this.enough < Infinity && this.depth === MOST_LEVELS);
      if (this.maxDepth === undefined && enough) this.maxDepth = this.depth;
      if (this.depth === this.maxDepth) return 'depth';
      for (const state of frontier) {
        if (this.expand(state) === 'full') return 'states';
        this.left--;
      }
    }
  }

  /** Takes all steps out of a state; 'full' where one leads to a state that there is no room for. */
  private expand(state: State): 'full' | undefined {
    const successors = this.successors(state);
    for (const { name, after } of successors) {
      this.generated++;
      const known = this.next.length;
      this.generatedBy[name] = (this.generatedBy[name] ?? 0) + 1;
      for (const [property, given] of this.properties) {
        if (property in this.findings) continue;
        const { ranges, holds } = asClause(given);
        for (const parameters of this.choices(ranges, property, state, this.depth))
          if (!this.test(`action property ${property}`, this.depth, () => holds(state, after, parameters))) {
            this.findings[property] = this.depth + 1;
            break;
          }
      }
      if (this.discover(after) === 'full') return 'full';
      this.firsts += this.next.length - known;
    }
    if (successors.length > 0 || !this.options.deadlock || 'deadlock' in this.findings) return undefined;
    const { final } = this.parts;
    if (!final || !this.test('final', this.depth, () => final(state))) this.findings.deadlock = this.depth;
    return undefined;
  }

  private successors(state: State): { name: string; after: State }[] {
    const successors: { name: string; after: State }[] = [];
    for (const [name, action] of this.actions)
      for (const parameters of this.choices(action.ranges, name, state, this.depth)) {
        const enabled =
          !action.guard || this.test(`guard ${name}`, this.depth, () => action.guard?.(state, parameters));
        if (!enabled) continue;
        trouble(`effect ${name}`, this.depth, () => {
          const given = action.effect(state, parameters) as object;
          for (const changes of (Symbol.iterator in given
            ? [...(given as Iterable<object>)]
            : [given]) as State[]) {
            if (typeof changes !== 'object' || changes === null) throw new Error('no changes');
            for (const variable of Object.keys(changes))
              if (!(variable in state)) throw new Error('no such variable');
            successors.push({ name, after: this.canon.state({ ...state, ...changes }) });
          }
        });
      }
    return successors;
  }

  /** Takes note of a state and judges it; 'full' where it would be one too many of those inside the constraint. */
  private discover(state: State): 'full' | undefined {
    const key = this.canon.stateText(state);
    if (this.seen.has(key)) return undefined;
    const length = this.depth + 1;
    const { constraint } = this.parts;
    if (constraint && !this.test('constraint', length, () => constraint(state))) this.outside++;
    else if (this.seen.size - this.outside === this.options.maxStates) return 'full';
    else this.next.push(state);
    this.seen.set(key, state);
    for (const [name, invariant] of this.invariants) {
      if (name in this.findings) continue;
      const { ranges, holds } = asClause(invariant);
      for (const parameters of this.choices(ranges, name, state, length))
        if (!this.test(`invariant ${name}`, length, () => holds(state, parameters))) {
          this.findings[name] = length;
          break;
        }
    }
    for (const [name, holds] of this.reachable)
      if (!(name in this.reached) && this.test(`reachable ${name}`, length, () => holds(state)))
        this.reached[name] = length;
    return undefined;
  }

  private satisfied(): boolean {
    const found = Object.keys(this.findings).length;
    if (found === 0 || !this.options.keepGoing) return found > 0;
    const properties = this.invariants.length + this.properties.length + (this.options.deadlock ? 1 : 0);
    return found === properties && Object.keys(this.reached).length === this.reachable.length;
  }

  private choices(ranges: Clause['ranges'], name: string, state: State, length: number): State[] {
    return trouble(`range ${name}`, length, () =>
      Object.entries(ranges).reduce<State[]>(
        (sofar, [parameter, range]) => {
          const values = this.members(range, state);
          return sofar.flatMap((chosen) => values.map((value) => ({ ...chosen, [parameter]: value })));
        },
        [{}],
      ),
    );
  }

  private test(place: string, length: number, ask: () => unknown): boolean {
    const answer = trouble(place, length, ask);
    if (typeof answer !== 'boolean') throw new Trouble(place, length);
    return answer;
  }

  private members(range: unknown, state: State): unknown[] {
    const known = this.fixed.get(range);
    if (known) return known;
    const given = typeof range === 'function' ? (range as Fn)(state) : range;
    const values = new globalThis.Map(
      [...(given as Iterable<unknown>)].map((v) => [this.canon.text(v), this.canon.value(v)]),
    );
    const members = [...values.values()];
    if (typeof range !== 'function') this.fixed.set(range, members);
    return members;
  }

  faultOfTrace(trace: Trace, end: TraceEnd): string | null {
    // Told values are for comparing alone: what `canon` rebuilds stands for its like from then on.
    const text = (state: unknown) => this.canon.stateText(state as State);
    const start = [...this.initialStates()][trace.start - 1];
    if (!start || text(start) !== text(trace.initial)) return `it starts in no initial state`;
    let [before, state] = [start, start];
    for (const { number, action: name, parameters: told, choice = 1, state: said } of trace.steps) {
      const action = this.parts.actions[name] as Clause;
      const parameters = this.ofOwn(action.ranges, name, state, told);
      if (!parameters) return `step ${number}: no such parameters`;
      if (this.parts.constraint?.(state) === false) return `step ${number}: taken outside of the constraint`;
      if (action.guard && action.guard(state, parameters) !== true) return `step ${number}: not enabled`;
      const given = action.effect(state, parameters) as object;
      const changes = (Symbol.iterator in given ? [...(given as Iterable<object>)] : [given])[choice - 1];
      if (!changes) return `step ${number}: no such choice`;
      before = state;
      state = this.canon.state({ ...state, ...changes });
      if (text(state) !== text(said)) return `step ${number}: leads elsewhere`;
    }
    return this.shows(before, state, end) ? null : `its end does not show ${end.property}`;
  }

  /** The parameters that are told of, of this spec's own Record factories: its functions know no others. */
  private ofOwn(ranges: Clause['ranges'], name: string, state: State, told: State): State | undefined {
    const text = this.canon.stateText(told);
    return this.choices(ranges, name, state, 0).find((chosen) => this.canon.stateText(chosen) === text);
  }

  private shows(before: State, state: State, { kind, property, parameters: told }: TraceEnd): boolean {
    const { invariants, actionProperties, reachable, final } = this.parts;
    const falls = (given: Clause | Fn, from: State, ...states: State[]) => {
      const { ranges, holds } = asClause(given);
      const parameters = this.ofOwn(ranges, property, from, told);
      return parameters !== undefined && holds(...states, parameters) === false;
    };
    switch (kind) {
      case 'invariant':
        return falls(invariants[property] as Clause, state, state);
      case 'action property':
        return falls(actionProperties[property] as Clause, before, before, state);
      case 'reachable':
        return (reachable[property] as Fn)(state) === true;
      case 'deadlock':
        return final?.(state) !== true && this.successors(state).length === 0;
    }
  }

  private outcome(end: Outcome['end']): Outcome {
    return {
      end,
      initial: this.initial,
      distinct: this.seen.size - this.outside,
      generated: this.generated,
      outside: this.outside,
      depth: this.depth + (this.next.length > 0 ? 1 : 0),
      frontier: this.left + this.next.length,
      generatedBy: this.generatedBy,
      firsts: this.firsts,
      findings: this.findings,
      reached: this.reached,
    };
  }
}

function asClause(given: Clause | Fn): { ranges: Clause['ranges']; holds: Fn } {
  return typeof given === 'function' ? { ranges: {}, holds: given } : given;
}

/** The user's code threw, or gave what can't be used, in a state at the end of a run of this length. */
class Trouble extends Error {
  constructor(
    readonly place: string,
    readonly length: number,
  ) {
    super(place);
  }
}

function trouble<T>(place: string, length: number, body: () => T): T {
  try {
    return body();
  } catch {
    throw new Trouble(place, length);
  }
}

const KINDS = ['scalar', 'Record', 'List', 'Stack', 'Set', 'OrderedSet', 'Map', 'OrderedMap'];
const SCALARS = ['object', 'boolean', 'number', 'bigint', 'string'];

/** Texts that say all of a value, and values rebuilt in the order that the checker promises to iterate in. */
class Canon {
  private readonly known = new globalThis.Map<string, unknown>();
  private readonly texts = new WeakMap<object, string>();

  state(state: State): State {
    return Object.fromEntries(
      Object.entries(state).map(([variable, value]) => [variable, this.value(value)]),
    );
  }

  stateText(state: State): string {
    return Object.entries(state)
      .map(([variable, value]) => `${variable}=${this.text(value)}`)
      .join(' ');
  }

  text(value: unknown): string {
    if (typeof value !== 'object' || value === null) return this.write(value);
    const known = this.texts.get(value) ?? this.write(value);
    this.texts.set(value, known);
    return known;
  }

  private write(value: unknown): string {
    const kind = kindOf(value);
    switch (kind) {
      case 'scalar':
        if (
          Number.isNaN(value) ||
          !['string', 'number', 'boolean', 'object', 'bigint'].includes(typeof value)
        )
          throw new Error('no value');
        return `${typeof value}:${JSON.stringify(value === 0 ? 0 : typeof value === 'number' || typeof value === 'bigint' ? String(value) : value)}`;
      case 'Record':
        return `${Record.getDescriptiveName(value as never)}(${this.list(fields(value).flat())};${this.defaultsText(value)})`;
      case 'Map':
        return `Map{${pairs(value)
          .map((pair) => this.list(pair))
          .sort()
          .join(';')}}`;
      case 'Set':
        return `Set{${[...(value as Set<unknown>)]
          .map((v) => this.text(v))
          .sort()
          .join(';')}}`;
      case 'OrderedMap':
        return `OrderedMap{${this.list(pairs(value).flat())}}`;
      default:
        return `${kind}[${this.list([...(value as List<unknown>)])}]`;
    }
  }

  value(value: unknown): unknown {
    const text = this.text(value);
    if (!this.known.has(text)) this.known.set(text, this.rebuilt(value));
    return this.known.get(text);
  }

  private rebuilt(value: unknown): unknown {
    const kind = kindOf(value);
    const members = () => [...(value as List<unknown>)].map((v) => this.value(v));
    const entries = () => pairs(value).map(([k, v]) => [this.value(k), this.value(v)] as [unknown, unknown]);
    switch (kind) {
      case 'scalar':
        return value === 0 ? 0 : value;
      case 'Record':
        return (value as Record<object>).clear().withMutations((r) => {
          for (const [field, v] of fields(value)) r.set(field as never, this.value(v) as never);
        });
      case 'Map':
        return Map(entries().sort(([a], [b]) => iterationOrder(a, b)));
      case 'OrderedMap':
        return OrderedMap(entries());
      case 'Set':
        return Set(members().sort(iterationOrder));
      case 'OrderedSet':
        return OrderedSet(members());
      case 'Stack':
        return Stack(members());
      default:
        return List(members());
    }
  }

  /** Equal fields with other defaults are another Record: `remove` tells them apart. */
  private defaultsText(value: unknown): string {
    const defaults = fields((value as Record<object>).clear());
    return defaults.map(([field, v]) => `${field}=${v === undefined ? '' : this.text(v)}`).join(',');
  }

  private list(values: readonly unknown[]): string {
    return values.map((v) => this.text(v)).join(',');
  }
}

function kindOf(value: unknown): string {
  if (isOrderedMap(value)) return 'OrderedMap';
  if (isMap(value)) return 'Map';
  if (isOrderedSet(value)) return 'OrderedSet';
  if (isSet(value)) return 'Set';
  if (isList(value)) return 'List';
  if (isStack(value)) return 'Stack';
  if (isRecord(value)) return 'Record';
  if (typeof value === 'object' && value !== null) throw new Error('no value');
  return 'scalar';
}

function fields(value: unknown): [string, unknown][] {
  return [...(value as Record<{ [field: string]: unknown }>).toSeq()] as [string, unknown][];
}

function pairs(value: unknown): [unknown, unknown][] {
  return [...(value as Map<unknown, unknown>).entries()];
}

/** As a large collection of Immutable's iterates: by five bits of the hash after five bits. */
function iterationOrder(a: unknown, b: unknown): number {
  const [left, right] = [hash(a), hash(b)];
  for (let shift = 0; shift < 32; shift += 5) {
    const difference = ((left >>> shift) & 31) - ((right >>> shift) & 31);
    if (difference !== 0) return difference;
  }
  return order(a, b);
}

/** Scalars, then Records, Lists …; the shorter first, then member by member. */
function order(a: unknown, b: unknown): number {
  const [kind, other] = [kindOf(a), kindOf(b)];
  if (kind !== other) return KINDS.indexOf(kind) - KINDS.indexOf(other);
  if (kind === 'scalar') {
    if (typeof a !== typeof b) return SCALARS.indexOf(typeof a) - SCALARS.indexOf(typeof b);
    return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
  }
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left.length !== right.length) return left.length - right.length;
  for (const [i, part] of left.entries()) {
    const difference = order(part, right[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(value: unknown): unknown[] {
  switch (kindOf(value)) {
    case 'Record':
      return [Record.getDescriptiveName(value as never), ...fields(value).flat()];
    case 'Map':
    case 'OrderedMap':
      return pairs(value)
        .sort(([a], [b]) => (isOrderedMap(value) ? 0 : order(a, b)))
        .flat();
    case 'Set':
      return [...(value as Set<unknown>)].sort(order);
    default:
      return [...(value as List<unknown>)];
  }
}
