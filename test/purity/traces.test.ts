import { List, Map, Range, Record, Set } from 'immutable';
import { Classes } from '../../checker/purity/classes';
import { Traces } from '../../checker/purity/traces';

type Asked = (...given: any[]) => unknown;

const Row = Record({ at: 0, who: 'a' }, 'Row');
const LIMIT = 3;
const NAMES = ['a', 'b'];
const RANKS: { [name: string]: number } = { a: 1, b: 2 };
const ALLOWED = new globalThis.Set(['a', 'b']);
const PAIRS = [
  ['a', 'b'],
  ['b', 'c'],
];
const CONFIG = Map({ limit: 3 });
const world = {
  limit: 2,
  rank(name: string) {
    return RANKS[name] ?? this.limit;
  },
};
const isHigh = (row: any): boolean => row.at > LIMIT;
const lowest = (row: any): number => Math.min(row.at, LIMIT);
function ranked(row: any) {
  const rank = RANKS[row.who] ?? 0;
  let sum = 0;
  for (const name of NAMES) if (name !== row.who) sum += name.length;
  switch (row.who) {
    case 'a':
      return rank + sum;
    default:
      return rank > 1 ? lowest(row) : 0;
  }
}

/** Leaves traces, each in a way of its own. */
let counted = 0;
const seen: unknown[] = [];
const visited = new globalThis.Set<unknown>();
const memo = new globalThis.Map<unknown, boolean>();
const count = (): boolean => (counted++, true);
const nested = (): boolean => count();
const remember = (row: unknown): boolean => seen.push(row) > 0;
const memoised = (row: any): boolean => {
  if (!memo.has(row)) memo.set(row, row.at > 1);
  return memo.get(row) as boolean;
};
const helpers: { [name: string]: Asked } = { some: count, get: count, includes: count, every: count };
const bound = count.bind(null);
const trap = {
  get who() {
    return count();
  },
};
const odd = { valueOf: count, toString: () => String(count()) };
const proxy = new Proxy({ who: 'a' }, { get: () => count() });
const pattern = /a/g;
const asked: { n: number }[] = [{ n: 0 }];
class Meter {
  #n = 0;
  up() {
    return ++this.#n;
  }
}
const meter = new Meter();
const lazy = Range(0, 3).map(() => count());
const strange = [1, 2];
Object.defineProperty(strange, 0, { get: count });
const bumped = Object.assign([1, 2], { includes: count });
class Odd {
  static [Symbol.hasInstance]() {
    return count();
  }
}

function known(fn: Asked, met: readonly object[] = []): boolean {
  const classes = new Classes();
  for (const record of met) classes.add(Object.getPrototypeOf(record) as object);
  return new Traces(classes, () => false).leavesNone(fn);
}

describe('known to leave no trace', () => {
  const cases: { [what: string]: Asked } = {
    'compares fields with what it captured': (row) => row.at === LIMIT && row.who !== NAMES[0],
    'turns what it captured to a number': (row) => row.at >= LIMIT,
    'calls a function by its name': (row) => isHigh(row),
    'is such a function': isHigh,
    'calls functions that call functions': (row) => ranked(row) > 0,
    'asks an array': (row) => NAMES.includes(row.who) && NAMES.some((name) => name === row.who),
    'asks arrays in an array': (row) => PAIRS.some((pair) => pair.includes(row.who)),
    'asks a table': (row) => RANKS[row.who]! > 1,
    "asks a Set of JavaScript's own": (row) => ALLOWED.has(row.who),
    'asks a collection': (row) => CONFIG.get('limit', 0) > row.at,
    'asks a collection inside': (row) => row.who.some((name: string) => name.startsWith('D')),
    'folds a collection inside': (row) => row.who.reduce((sum: number, n: number) => sum + n, 0) > LIMIT,
    'calls a method of an object': (row) => world.rank(row.who) > 1,
    'counts in a variable of its own': (row) => {
      let n = 0;
      for (const each of row.who) if (each === 'a') n++;
      return n > 1;
    },
    'makes Records, collections and objects': (row) =>
      Set([Row({ at: row.at })]).has(Row({ at: 1 })) && { row }.row === row && [row][0] === row,
    'takes values apart': ({ at, who = 'a' }) => at > 0 && who !== 'b',
    'throws and catches': (row) => {
      try {
        if (row.at < 0) throw new Error(`${row.at} is below 0`);
        return row.who.get('x').get('y') !== undefined;
      } catch {
        return false;
      }
    },
    'asks a class': (row) => row instanceof Row,
    'has functions of its own': (row) => {
      const above = (limit: number) => row.at > limit;
      return above(1) && !above(LIMIT);
    },
    'looks at the key': (_value, key) => key > 'a',
    'is a function of the language': Boolean,
    'a name of its own hides one that leaves traces': (row) => {
      const count = () => row.at;
      return count() > 0;
    },
  };
  test.each(Object.entries(cases))('%s', (_what, fn) => {
    expect(known(fn)).toBe(true);
  });
});

describe('not known to leave no trace', () => {
  const cases: { [what: string]: Asked } = {
    'assigns what it captured': () => (counted = 1),
    'counts up what it captured': () => counted++,
    'calls a function that does': () => count(),
    'is such a function': count,
    'calls one that calls one': () => nested(),
    'calls it under a name that is harmless elsewhere': (row) => helpers.some!(row),
    'calls it under the name of a method of collections': (row) =>
      helpers.get!(row) || helpers.includes!(row),
    'hands it to a method': (row) => row.who.every(count),
    'hands it to a method as a property': (row) => row.who.every(helpers.every),
    'a bound function': () => bound(),
    'puts into an array': (row) => seen.push(row),
    'calls a function that does so': (row) => remember(row),
    'puts into a Set': (row) => visited.add(row),
    'remembers answers': (row) => memoised(row),
    'sets a field of an object': (row) => (asked[0]!.n = row.at),
    'counts up a field of an object': () => asked[0]!.n++,
    'an accessor that leaves traces': () => trap.who,
    'an object that leaves traces when it becomes text': () => `${odd}`,
    'an object that leaves traces when it becomes a number': () => +odd > 0,
    // eslint-disable-next-line eqeqeq
    'an object that leaves traces when it is compared': (row) => row.at == odd,
    'an object that leaves traces when it is a key': (row) => row.get(odd),
    'an object that leaves traces in a collection': (row) => Set([odd]).has(row),
    'a proxy': () => proxy.who,
    'a method that keeps something private': () => meter.up(),
    'a lazy sequence': () => lazy.first(),
    'an array with an accessor': () => strange.includes(1),
    'an array with a method of its own': () => bumped.includes(1),
    'a class that asks in its own way': (row) => row instanceof (Odd as any),
    'a regular expression that remembers': (row) => pattern.test(row.who),
    'a regular expression': (row) => /a/.test(row.who),
    'a random number': () => Math.random() > 0.5,
    'the time': () => Date.now() > 0,
    'the arguments': function () {
      return arguments.length > 2;
    },
    'the collection it is asked over': (_value, _key, all) => all,
    'all arguments': (...all) => all.length > 2,
    'its `this`': function (this: any) {
      return this?.at;
    },
    'code from text': () => eval('counted++'),
    'code from a constructor': () => new Function('return 1')(),
    'a loop that need not end': (row) => {
      let n = row.at;
      while (n !== LIMIT) n++;
      return true;
    },
    'a recursion that need not end': function again(row: any): boolean {
      return row.at === LIMIT || again(row.set('at', row.at + 1));
    },
    'a generator': function* () {
      yield 1;
    },
    'an async function': async () => Promise.resolve(true),
    'a function that is given': (row, key) => key(row),
    'a method whose name is computed': (row) => row[NAMES[0]!](),
    deletes: (row) => delete row.at,
    'a tagged template': (row) => String.raw`${row}`,
    'takes apart by an accessor': () => {
      const { who } = trap;
      return who;
    },
    'a variable that is first one thing and then another': () => {
      let fn: () => unknown = () => 1;
      if (counted > 0) fn = count;
      return fn();
    },
    'a function of an inner block': () => {
      if (counted >= 0) {
        function inner() {
          return count();
        }
        return inner();
      }
      return false;
    },
  };
  test.each(Object.entries(cases))('%s', (_what, fn) => {
    expect(known(fn)).toBe(false);
  });
});

describe('classes that extend Records', () => {
  class Plain extends Record({ at: 0, who: Set<string>() }) {}
  class Asking extends Record({ at: 0 }) {
    get high() {
      return this.at > LIMIT;
    }
    above(limit: number) {
      return this.at > limit;
    }
  }
  class Counting extends Record({ at: 0 }) {
    get high() {
      return count();
    }
    above() {
      return count();
    }
  }
  class Comparing extends Record({ at: 0 }) {
    override equals(other: unknown) {
      count();
      return super.equals(other);
    }
  }
  const high = (row: any) => row.high;
  const above = (row: any) => row.above(1);

  it('are known where they add nothing', () => {
    expect(known((row) => row.at > 1, [new Plain()])).toBe(true);
  });

  it('are looked into where they add something', () => {
    expect([high, above].map((fn) => known(fn, [new Asking()]))).toEqual([true, true]);
    expect([high, above].map((fn) => known(fn, [new Asking(), new Counting()]))).toEqual([false, false]);
    expect(known((row) => row.at > 1, [new Counting()])).toBe(true);
  });

  it('hide everything where they change what Immutable does', () => {
    expect(known((row) => row.at > 1, [new Comparing()])).toBe(false);
  });

  it('what was known of a text is asked anew when a class is met', () => {
    const classes = new Classes();
    const traces = new Traces(classes, () => false);
    expect(traces.leavesNone(high)).toBe(true);
    classes.add(Object.getPrototypeOf(new Counting()) as object);
    expect(traces.leavesNone(high)).toBe(false);
  });
});

it('functions of one text are told apart by what they captured', () => {
  const traces = new Traces(new Classes(), () => false);
  const of = (visit: Asked) => (row: unknown) => visit(row);
  expect([of(isHigh), of(count), of(isHigh)].map((fn) => traces.leavesNone(fn))).toEqual([true, false, true]);
});

it('a captured collection counts as data where all of it is', () => {
  const odds = List([odd]);
  const rows = List([Row()]);
  expect(known((row) => rows.includes(row))).toBe(true);
  expect(known((row) => odds.includes(row))).toBe(false);
});

describe('what a function hands to collections', () => {
  /** As `choices` of Paxos: nobody knows of it whether it ends. */
  const picks = (all: readonly string[], size: number): readonly (readonly string[])[] =>
    size === 0
      ? [[]]
      : all.flatMap((first, i) => picks(all.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
  const handedOn = (n: number): Asked => (n === 0 ? isHigh : handedOn(n - 1));
  const inTheEnd = (n: number): Asked => (n === 0 ? count : inTheEnd(n - 1));
  const growing = (rest: readonly unknown[]): readonly unknown[] =>
    rest.length > 3 ? rest : growing([rest]);
  const asks = (set: any): boolean => set.some((row: any) => row.at > 1 && asks(set));
  const within = (fn: Asked): boolean => new Traces(new Classes(), () => false).leavesNoneWithin(fn);

  const harmless: { [what: string]: Asked } = {
    'compares with what was captured': (s, { at }) => s.rows.some((row: any) => row.at === at),
    'asks arrays that a recursion gives': (s) =>
      picks(NAMES, 1).some((pick) => s.rows.filter((row: any) => pick.includes(row.who)).isEmpty()),
    'is what a recursion gives in the end': (s) => s.rows.some(handedOn(2)),
    'asks arrays that are made by a length': (s) =>
      Array.from({ length: LIMIT }, (_, i) => i).every((i) =>
        s.rows.some((row: any) => [i].includes(row.at)),
      ),
    'reads what was counted beside it': (s) => {
      let n = 0;
      for (const name of NAMES) if (name !== 'a') n++;
      return s.rows.some((row: any) => row.at > n);
    },
    'is asked of functions of its own': (s) => {
      const has = (at: number) => s.rows.some((row: any) => row.at === at);
      return has(1) && !has(2);
    },
  };
  test.each(Object.entries(harmless))('is known to leave no trace: %s', (_what, fn) => {
    expect(within(fn)).toBe(true);
  });

  const notKnown: { [what: string]: Asked } = {
    'leaves traces': (s) => s.rows.some(count),
    'is given by a recursion in the end': (s) => s.rows.some(inTheEnd(2)),
    'counts in a variable of the function': (s) => {
      let n = 0;
      return s.rows.every(() => n++ < 2);
    },
    'counts in a variable of what asks it in turn': (s) =>
      s.rows.some((row: any) => {
        let n = 0;
        return s.others.every(() => n++ < row.at);
      }),
    'puts into an array of the function': (s) => {
      const met: unknown[] = [];
      return s.rows.filter((row: any) => met.push(row) > 2);
    },
    'need not come to an end': (s) => asks(s.rows),
    'asks a recursion that need not come to an end': (s) =>
      s.rows.some((row: any) => picks(NAMES, row.at).length > 1),
    'asks what a recursion makes deeper and deeper': (s) =>
      growing(NAMES).some((part) => s.rows.some((row: any) => (part as unknown[]).includes(row))),
    'is handed to something unknown': (s) => seen.push(s.rows.filter((row: any) => row.at > 1)),
  };
  test.each(Object.entries(notKnown))('is not known to leave no trace: %s', (_what, fn) => {
    expect(within(fn)).toBe(false);
  });
});

it('a function that gives a function at its end is looked into', () => {
  function given(): Asked {
    return isHigh;
  }
  function perhaps(): Asked | undefined {
    if (counted >= 0) return isHigh;
    return;
  }
  expect(known((row) => given()(row))).toBe(true);
  expect(known((row) => perhaps()!(row))).toBe(false);
});
