import {
  List,
  Map,
  OrderedMap,
  OrderedSet,
  Record,
  Set,
  Stack,
  get,
  has,
  hash,
  is,
  isCollection,
  isIndexed,
  isKeyed,
  isRecord,
  isSeq,
  merge,
  remove,
  set,
  setIn,
} from 'immutable';
import { kindOf } from '../../checker/value/kind';

/** What a chain of calls works on: the variables of a state, constants, and what its calls have given so far. */
export type Registers = unknown[];

/** One call of a chain, to be made on real values and on views alike. */
export interface Step {
  readonly text: string;
  readonly run: (registers: Registers) => unknown;
  /** What an updater is handed a default by; undefined for other calls. */
  readonly updates?: (registers: Registers) => unknown;
}

/** A part of a call: a value among the registers, a new constant, a function. */
interface Part {
  readonly text: string;
  readonly in: (registers: Registers) => any;
}

/** A method with what it is given. */
interface Call {
  readonly text: string;
  readonly on: (target: any, registers: Registers) => unknown;
}

/** Random numbers, the same for a seed. */
export class Chance {
  constructor(private state: number) {}

  below(bound: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * bound);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

export const Box = Record({ at: 'a', n: 0, q: Set<string>() }, 'Box');

const KEYS = ['a', 'b', 'c', 'd'];

/** A value as a constant of the spec's own. */
function constant(value: () => unknown, text: string): Part {
  return { text, in: value };
}

const CONSTANTS: readonly Part[] = [
  ...KEYS.map((key) => constant(() => key, `'${key}'`)),
  ...[0, 1, 2, -1].map((n) => constant(() => n, `${n}`)),
  constant(() => Set(), 'Set()'),
  constant(() => Map(), 'Map()'),
  constant(() => List(), 'List()'),
  constant(() => OrderedMap(), 'OrderedMap()'),
  constant(() => OrderedSet(), 'OrderedSet()'),
  constant(() => Stack(), 'Stack()'),
  constant(() => Set(['a', 'c']), "Set(['a', 'c'])"),
  constant(() => Map({ a: 1, d: 0 }), 'Map({ a: 1, d: 0 })'),
  constant(() => Map({ b: Set(['a']) }), "Map({ b: Set(['a']) })"),
  constant(() => List(['b', 'a']), "List(['b', 'a'])"),
  constant(() => List([0]), 'List([0])'),
  constant(() => Box(), 'Box()'),
  constant(() => Box({ at: 'b', q: Set(['a']) }), "Box({ at: 'b', q: Set(['a']) })"),
  constant(() => undefined, 'undefined'),
  constant(() => null, 'null'),
  constant(() => true, 'true'),
];

const FIELDS: readonly Part[] = ['at', 'q', 'n'].map((field) => constant(() => field, `'${field}'`));

/** Functions that a call may be given. All of them are pure. */
function functions(chance: Chance, some: () => Part): readonly Part[] {
  const other = some();
  const fn = (text: string, make: (value: any) => (...args: any[]) => unknown): Part => ({
    text: text.replace('it', other.text),
    in: (registers) => make(other.in(registers)),
  });
  return [
    fn('(v) => v', () => (v) => v),
    fn('(v) => v', () => (v) => v),
    fn('() => it', (it) => () => it),
    fn('() => it', (it) => () => it),
    fn('(v) => v > "a"', () => (v) => v > 'a'),
    fn('(v) => v === "a"', () => (v) => v === 'a'),
    fn('(v) => v === 1', () => (v) => v === 1),
    fn('() => true', () => () => true),
    fn('() => false', () => () => false),
    fn('(v, k) => k > "b"', () => (_v, k) => k > 'b'),
    fn('(v) => v?.size > 0', () => (v) => v?.size > 0),
    fn('(v) => it?.has?.(v)', (it) => (v) => it?.has?.(v) === true),
    fn('(v) => v?.has?.("a")', () => (v) => v?.has?.('a') === true),
    fn('(v) => v?.add?.("a") ?? v', () => (v) => v?.add?.('a') ?? v),
    fn('(v) => v?.delete?.("a") ?? v', () => (v) => v?.delete?.('a') ?? v),
    fn('(v) => v?.filter?.((w) => w > "b") ?? v', () => (v) => v?.filter?.((w: any) => w > 'b') ?? v),
    fn('(v) => v?.set?.("a", it) ?? v', (it) => (v) => v?.set?.('a', it) ?? v),
    fn('(v) => (typeof v === "number" ? v + 1 : v)', () => (v) => (typeof v === 'number' ? v + 1 : v)),
    fn('(v, k) => k', () => (_v, k) => k),
    fn('(v, w) => (v === undefined ? 1 : w)', () => (v, w) => (v === undefined ? 1 : w)),
    fn('(v) => [v, it]', (it) => (v) => [v, it]),
    fn('(v) => String(v)', () => (v) => String(v)),
  ];
}

/** Methods and what they are given: `k` a key, `n` a number, `v` a value, `c` a collection, `f` a function, `p` a path,
 * `e` a default, mostly empty, `u` an updater that gives back something else, mostly empty. */
const ASKING =
  'isEmpty count count:f some:f every:f filter:f filterNot:f find:f find:f,v,v findLast:f findKey:f findEntry:f first last ' +
  'first:v toArray toList toSet toMap toOrderedMap toOrderedSet toStack toSeq toJS toJSON toObject keySeq valueSeq entrySeq ' +
  'map:f map:f flatMap:f reduce:f,v reduceRight:f,v join max min maxBy:f minBy:f sort sortBy:f groupBy:f countBy:f reverse ' +
  'take:n takeLast:n takeWhile:f skip:n skipWhile:f slice:n slice:n,n rest butLast equals:v hashCode includes:v contains:v ' +
  'has:k has:v get:k get:k,v get:v getIn:p getIn:p,v hasIn:p isSubset:c isSuperset:c toString keyOf:v partition:f concat:c ' +
  'merge:c merge:c,c asImmutable flatten flatten:b forEach:f keys values entries';
const CHANGING: { readonly [kind: string]: string } = {
  Map:
    'set:k,v set:k,v set:v,v delete:k delete:k remove:k clear update:k,f update:k,v,f update:k,v,f update:f updateIn:p,f ' +
    'updateIn:p,v,f updateIn:p,v,f setIn:p,v removeIn:p deleteIn:p mergeIn:p,c mergeDeep:c mergeWith:f,c mergeDeepIn:p,c ' +
    'mergeDeepWith:f,c deleteAll:c removeAll:c mapKeys:f mapEntries:f flip withMutations:m withMutations:m update:k,e,u update:k,e,u update:k,e,u update:k,e,f updateIn:p,e,u updateIn:p,e,u',
  Set: 'add:k add:v delete:k delete:k remove:v clear union:c union:c,c intersect:c intersect:c subtract:c subtract:c withMutations:m',
  List:
    'set:n,v set:n,v delete:n clear push:v push:v,v pop shift unshift:v insert:n,v splice:n,n splice:n,n,v setSize:n ' +
    'update:n,f update:n,v,f updateIn:p,v,f setIn:p,v removeIn:p indexOf:v lastIndexOf:v findIndex:f findLastIndex:f zip:c ' +
    'interpose:v withMutations:m',
  Record:
    'set:k,v set:x,v delete:x clear update:x,f update:k,v,f updateIn:p,f updateIn:p,v,f setIn:p,v removeIn:p merge:c mergeDeep:c ' +
    'mergeIn:p,c has:x get:x get:k,v wasAltered withMutations:m',
  Stack: 'push:v pop shift peek unshift:v pushAll:c clear',
};
/** What may be called on what changes in place. */
const IN_PLACE: { readonly [kind: string]: string } = {
  Map: 'set:k,v set:k,v delete:k update:k,f update:k,v,f updateIn:p,v,f setIn:p,v removeIn:p merge:c deleteAll:c clear get:k has:k count',
  Set: 'add:k add:v delete:k union:c subtract:c intersect:c clear has:k count filter:f',
  List: 'push:v pop set:n,v shift unshift:v update:n,f get:n count clear setSize:n',
  Record: 'set:x,v delete:x update:x,f merge:c get:x setIn:p,v',
};
/** Functions of Immutable's that are no methods. */
const FUNCTIONS: readonly (readonly [text: string, fn: (...args: any[]) => unknown, parts: string])[] = [
  ['is', is, 'c,v'],
  ['get', get, 'c,k,v'],
  ['has', has, 'c,k'],
  ['set', set, 'c,k,v'],
  ['remove', remove, 'c,k'],
  ['setIn', setIn, 'c,p,v'],
  ['merge', merge, 'c,c'],
  ['hash', hashOf, 'c'],
  ['Set', Set, 'c'],
  ['Map', Map, 'c'],
  ['List', List, 'c'],
  ['OrderedSet', OrderedSet, 'c'],
  ['OrderedMap', OrderedMap, 'c'],
  ['Set.of', (...members) => Set(members), 'v,v'],
  ['Map.of', (...[key, value]) => Map([[key, value]]), 'v,v'],
  ['List.of', (...members) => List(members), 'v,v'],
  ['Box', (at, q) => Box({ at, q }), 'v,v'],
  ['Set.union', (...sets) => Set.union(sets), 'c,c'],
  ['Set.intersect', (...sets) => Set.intersect(sets), 'c,c'],
];

/** A call drawn by chance, on what the registers of a run on real values hold by now. */
export function drawStep(chance: Chance, registers: Registers): Step {
  const collections = registers.flatMap((value, at) => (isCollection(value) || isRecord(value) ? [at] : []));
  const register = (at: number): Part => ({ text: `r${at}`, in: (all) => all[at] });
  // What came last is what is gone on with.
  const late = (among: readonly number[]) =>
    register(
      among[among.length - 1 - Math.min(chance.below(among.length), chance.below(among.length))] as number,
    );
  const value = (): Part =>
    chance.below(3) === 0
      ? late(registers.map((_, at) => at))
      : chance.of([late(collections), chance.of(CONSTANTS)]);
  const part = (kind: string, inPlace = 'Map'): Part => {
    switch (kind) {
      case 'k':
        return chance.of(CONSTANTS.slice(0, 8));
      case 'n':
        return chance.of(CONSTANTS.slice(4, 8));
      case 'x':
        return chance.of(FIELDS);
      case 'e':
        return chance.below(4) === 0 ? late(collections) : chance.of(CONSTANTS.slice(8, 11));
      case 'u': {
        const empty = collections.filter((at) => (registers[at] as { size?: number }).size === 0);
        const given = late(chance.below(4) === 0 || empty.length === 0 ? collections : empty);
        return { text: `() => ${given.text}`, in: (all) => () => given.in(all) };
      }
      case 'b':
        return constant(() => true, 'true');
      case 'c':
        return chance.below(4) === 0 ? chance.of(CONSTANTS.slice(8, 18)) : late(collections);
      case 'f':
        return chance.of(functions(chance, value));
      case 'p': {
        const path = Array.from({ length: 1 + chance.below(2) }, () =>
          chance.of(['a', 'b', 'c', 'at', 'q', 0, 1, 'a']),
        );
        return constant(() => path, JSON.stringify(path));
      }
      case 'm': {
        const calls = Array.from({ length: 1 + chance.below(3) }, () => call(IN_PLACE[inPlace] as string));
        const text = `(m) => { ${calls.map((one) => `m.${one.text}`).join('; ')} }`;
        return { text, in: (all) => (m: unknown) => calls.forEach((one) => one.on(m, all)) };
      }
      default:
        return value();
    }
  };
  const call = (methods: string, kind = 'Map'): Call => {
    const [method = '', kinds = ''] = chance.of(methods.split(' ')).split(':');
    const parts = kinds === '' ? [] : kinds.split(',').map((one) => part(one, kind));
    return {
      text: `${method}(${parts.map(({ text }) => text).join(', ')})`,
      on: (target: any, all: Registers): unknown =>
        method === 'hashCode' ? hashOf(target) : target[method](...parts.map((one) => one.in(all))),
    };
  };
  if (chance.below(8) === 0) {
    const [text, fn, kinds] = chance.of(FUNCTIONS);
    const parts = kinds.split(',').map((one) => part(one));
    return {
      text: `${text}(${parts.map((one) => one.text).join(', ')})`,
      run: (all) => fn(...parts.map((one) => one.in(all))),
    };
  }
  const target = late(collections);
  const kind = kindOf(target.in(registers))?.replace('Ordered', '') ?? '';
  const changing = CHANGING[kind];
  const made = call(changing !== undefined && chance.below(3) > 0 ? changing : ASKING, kind);
  return {
    text: `${target.text}.${made.text}`,
    run: (all) => made.on(target.in(all), all),
    ...(/^(update|updateIn|withMutations)\(/.test(made.text) && { updates: target.in }),
  };
}

/** The hash of a collection but one with arrays inside. */
function hashOf(of: unknown): number {
  return holdsArray(of) ? 0 : hash(of);
}

/** Whether a collection has arrays among what it hashes: Immutable numbers them as it meets them. */
export function isByIdentity(value: unknown): boolean {
  return isCollection(value) && !isSeq(value) && holdsArray(value);
}

function holdsArray(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  if (isRecord(value)) return value.toSeq().some(holdsArray);
  if (!isCollection(value)) return typeof value === 'object' && value !== null;
  return (
    value.some((member, key) => holdsArray(member) || holdsArray(key)) || (isSeq(value) && isIndexed(value))
  );
}

/** All that can be seen of a value but its identity, the order in which it iterates included. */
export function seenOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(seenOf).join()}]`;
  if (typeof value !== 'object' || value === null)
    return `${typeof value} ${String(value === 0 ? 0 : value)}`;
  const kind = isSeq(value) ? 'Seq' : kindOf(value);
  if (kind === 'Record') {
    const record = value as Record<{ [field: string]: unknown }>;
    return `${Record.getDescriptiveName(record)} ${seenOf([...record.toSeq()])}`;
  }
  if (isCollection(value)) {
    const members = isKeyed(value) ? [...value.entries()] : [...value.values()];
    return `${kind} ${(value as { size?: number }).size} ${seenOf(members)}`;
  }
  if (Symbol.iterator in value) return `iterator ${seenOf([...(value as Iterable<unknown>)])}`;
  return `object ${seenOf(Object.entries(value))}`;
}
