/**
 * Systems whose collections keep getting members that there never were before: where states are taken apart cell by
 * cell, each new member is a new cell, and what is known of cells has to be kept for all of them. Nothing that is
 * learned about one state helps with the next. They are here to see that this costs no more than not to learn at all.
 */
import { List, Map, Record, Set } from 'immutable';
import { language } from 'everystate';

/** A system, and the constants by the number of states that they make. */
export interface Growing {
  readonly name: string;
  /** The name that the spec is exported by. */
  readonly spec: string;
  /** By a number of states wanted: constants for about as many. */
  readonly sized: (states: number) => { readonly [constant: string]: number };
  /** Sizes beyond are left out: a state is as large as the number of states before it. */
  readonly most?: number;
}

const byDepth = (states: number) => ({ N: states });
const byBoth = (states: number) => ({ N: Math.round(Math.sqrt(states)) });
/** Members of a sliding window, entries of a ring. */
const WIDTH = 8;
/** Records of the large map. */
const RECORDS = 64;

interface Counted {
  readonly n: number;
}
interface Strings extends Counted {
  readonly pending: Set<string>;
}
interface Numbers extends Counted {
  readonly window: Set<number>;
}
interface Listed extends Counted {
  readonly list: List<number>;
}
interface Keyed extends Counted {
  readonly jobs: Map<string, Record<Job> & Job>;
}
interface Linked extends Counted {
  /** Of one kind within the other, however deep. */
  readonly top: any;
}
interface Two {
  readonly left: number;
  readonly right: number;
  readonly pending: Set<string>;
}
interface Job {
  readonly at: number;
  readonly state: 'waiting' | 'running';
}

const Job = Record<Job>({ at: 0, state: 'waiting' }, 'Job');
const Link = Record({ head: 0, tail: null as unknown }, 'Link');
const strings = language<Strings>();
const numbers = language<Numbers>();
const listed = language<Listed>();
const keyed = language<Keyed>();
const linked = language<Linked>();
const two = language<Two>();

const limited = { N: 300 };

/** A Set that each step replaces by one of fresh ids. */
const replacedBy = (each: number) =>
  strings.spec({
    name: `a Set replaced by ${each} fresh`,
    constants: limited,
    init: { n: 0, pending: Set<string>() },
    actions: ({ N }) => ({
      send: strings.action({
        guard: (s) => s.n < N,
        effect: (s) => ({
          n: s.n + 1,
          pending: Set(Array.from({ length: each }, (_, i) => `${s.n}.${i}`)),
        }),
      }),
    }),
  });

export const replacedByOne = replacedBy(1);
export const replacedByFive = replacedBy(5);

export const grownSet = strings.spec({
  name: 'a Set that grows',
  constants: limited,
  init: { n: 0, pending: Set<string>() },
  actions: ({ N }) => ({
    send: strings.action({
      guard: (s) => s.n < N,
      effect: (s) => ({ n: s.n + 1, pending: s.pending.add(`${s.n}`) }),
    }),
  }),
});

export const window = numbers.spec({
  name: 'a sliding window',
  constants: limited,
  init: { n: 0, window: Set<number>() },
  actions: ({ N }) => ({
    slide: numbers.action({
      guard: (s) => s.n < N,
      effect: (s) => ({ n: s.n + 1, window: s.window.add(s.n).delete(s.n - WIDTH) }),
    }),
  }),
  invariants: {
    narrow: numbers.invariant((s) => s.window.size <= WIDTH),
  },
});

export const log = listed.spec({
  name: 'a List that grows',
  constants: limited,
  init: { n: 0, list: List<number>() },
  actions: ({ N }) => ({
    append: listed.action({
      guard: (s) => s.n < N,
      effect: (s) => ({ n: s.n + 1, list: s.list.push(s.n % 3) }),
    }),
  }),
});

export const queue = listed.spec({
  name: 'a List used as a queue',
  constants: limited,
  init: { n: 0, list: List<number>() },
  actions: ({ N }) => ({
    put: listed.action({
      guard: (s) => s.n < N && s.list.size < WIDTH,
      effect: (s) => ({ n: s.n + 1, list: s.list.push(s.n) }),
    }),
    take: listed.action({
      guard: (s) => !s.list.isEmpty(),
      effect: (s) => ({ list: s.list.shift() }),
    }),
  }),
});

export const jobs = keyed.spec({
  name: 'a Map by fresh ids',
  constants: limited,
  init: { n: 0, jobs: Map<string, Record<Job> & Job>() },
  actions: ({ N }) => ({
    submit: keyed.action({
      guard: (s) => s.n < N && s.jobs.size < 2,
      effect: (s) => ({ n: s.n + 1, jobs: s.jobs.set(`job ${s.n}`, Job({ at: s.n })) }),
    }),
    start: keyed.action(
      { job: (s) => s.jobs.keySeq() },
      {
        guard: (s, { job }) => s.jobs.get(job)?.state === 'waiting',
        effect: (s, { job }) => ({ jobs: s.jobs.update(job, (it) => (it ?? Job()).set('state', 'running')) }),
      },
    ),
    finish: keyed.action(
      { job: (s) => s.jobs.keySeq() },
      {
        guard: (s, { job }) => s.jobs.get(job)?.state === 'running',
        effect: (s, { job }) => ({ jobs: s.jobs.delete(job) }),
      },
    ),
  }),
});

export const large = keyed.spec({
  name: 'a large Map of Records',
  constants: limited,
  init: { n: 0, jobs: Map(Array.from({ length: RECORDS }, (_, i) => [`job ${i}`, Job()] as const)) },
  actions: ({ N }) => ({
    touch: keyed.action({
      guard: (s) => s.n < N,
      effect: (s) => ({ n: s.n + 1, jobs: s.jobs.set(`job ${s.n % RECORDS}`, Job({ at: s.n })) }),
    }),
  }),
});

export const renewed = keyed.spec({
  name: 'a large Map replaced',
  constants: limited,
  init: { n: 0, jobs: Map<string, Record<Job> & Job>() },
  actions: ({ N }) => ({
    renew: keyed.action({
      guard: (s) => s.n < N,
      effect: (s) => ({
        n: s.n + 1,
        jobs: Map(Array.from({ length: RECORDS }, (_, i) => [`job ${s.n + i}`, Job({ at: i })] as const)),
      }),
    }),
  }),
});

export const links = linked.spec({
  name: 'a linked list of Records',
  constants: limited,
  init: { n: 0, top: null },
  actions: ({ N }) => ({
    push: linked.action({
      guard: (s) => s.n < N,
      effect: (s) => ({ n: s.n + 1, top: Link({ head: s.n % 3, tail: s.top }) }),
    }),
  }),
});

export const nested = linked.spec({
  name: 'Maps in Maps, anew each step',
  constants: limited,
  init: { n: 0, top: Map() },
  actions: ({ N }) => ({
    renew: linked.action({
      guard: (s) => s.n < N,
      effect: (s) => {
        let top: unknown = s.n;
        for (let depth = 0; depth < WIDTH; depth++) top = Map([[`${s.n}.${depth}`, top]]);
        return { n: s.n + 1, top };
      },
    }),
  }),
});

/** As many states as there are pairs: each id comes back with each of the other's. */
export const pairs = two.spec({
  name: 'a Set replaced, two counters',
  constants: limited,
  init: { left: 0, right: 0, pending: Set<string>() },
  actions: ({ N }) => ({
    left: two.action({
      guard: (s) => s.left < N,
      effect: (s) => ({ left: s.left + 1, pending: Set([`${s.left + 1}/${s.right}`]) }),
    }),
    right: two.action({
      guard: (s) => s.right < N,
      effect: (s) => ({ right: s.right + 1, pending: Set([`${s.left}/${s.right + 1}`]) }),
    }),
  }),
});

export const GROWING: readonly Growing[] = [
  { name: 'set replaced by 1', spec: 'replacedByOne', sized: byDepth },
  { name: 'set replaced by 5', spec: 'replacedByFive', sized: byDepth },
  { name: 'set grows', spec: 'grownSet', sized: byDepth, most: 3000 },
  { name: 'sliding window', spec: 'window', sized: byDepth },
  { name: 'list grows', spec: 'log', sized: byDepth, most: 3000 },
  { name: 'queue', spec: 'queue', sized: (states) => ({ N: Math.round(states / (WIDTH + 1)) }) },
  {
    name: 'map by fresh ids',
    spec: 'jobs',
    sized: (states) => ({ N: Math.round(Math.sqrt(states / 3)) }),
    most: 10_000,
  },
  { name: 'large map', spec: 'large', sized: byDepth },
  { name: 'large map replaced', spec: 'renewed', sized: byDepth, most: 3000 },
  { name: 'linked list', spec: 'links', sized: byDepth, most: 1000 },
  { name: 'maps in maps', spec: 'nested', sized: byDepth },
  { name: 'set replaced, two counters', spec: 'pairs', sized: byBoth },
];
