import { deepStrictEqual } from 'node:assert';
import { inspect, isDeepStrictEqual } from 'node:util';
import { List, Map, Record, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { found } from './alike';

/** Untyped on purpose: many a look is one that a type would forbid. */
const { action, spec } = language<any>();

const Row = Record({ at: 0 }, 'Row');
class Cart extends Record({ items: Set(['i']) }, 'Cart') {
  override set(field: any, value: any) {
    return super.set(field, value);
  }
}

const INIT = {
  n: 0,
  got: '',
  row: Row(),
  map: Map([['a', 1]]),
  deep: Map([['a', Map([['b', 1]])]]),
  set: Set(['a']),
  list: List(['a', 'b']),
  cart: new Cart(),
};

/** What somebody sees of a collection who looks at how it is made; whatever that throws is caught by `attempt`. */
const LOOKS: { readonly [name: string]: (s: any) => unknown } = {
  'own keys': (s) => Object.keys(s.map).length,
  'own keys of a Record': (s) => Object.keys(s.row).join(),
  'own entries': (s) => Object.entries(s.set).length,
  'all own keys': (s) => Reflect.ownKeys(s.list).length,
  'a spread': (s) => Object.keys({ ...s.row }).join(),
  'a deep comparison': (s) => deepStrictEqual(s.row, Row({ at: s.n })),
  'a deep comparison that answers': (s) => isDeepStrictEqual(s.map, Map([['a', 1]])),
  'a name in it': (s) => 'a' in s.map,
  'the name of an organ in it': (s) => '_root' in s.map && 'size' in s.map,
  'a descriptor': (s) => typeof Object.getOwnPropertyDescriptor(s.row, '_values'),
  'an own name': (s) => Object.hasOwn(s.map, 'size'),
  'an organ': (s) => typeof s.map._root,
  'another organ': (s) => typeof s.set._map,
  'the organ of a Record': (s) => s.row._values.size,
  'whether it was altered': (s) => String(s.map.__altered),
  'the organs of a List': (s) => `${typeof s.list._tail} ${s.list._capacity}`,
  'a method of the prototype': (s) => Map.prototype.get.call(s.map, 'a'),
  'a method of another': (s) => s.map.get.call(Map([['a', 5]]), 'a'),
  'a method of nobody': (s) => {
    const { get } = s.map;
    return get('a');
  },
  'a loop over its names': (s) => {
    const names = [];
    for (const name in s.row) if (!name.startsWith('@@')) names.push(name);
    return names.includes('_values');
  },
  'a name that is deleted': (s) => Reflect.deleteProperty(s.row, 'size'),
  'a field that is set': (s) => (s.row.at = 3),
  'a path that is none': (s) => s.deep.getIn('ab'),
  'a path that is a Set': (s) => s.deep.setIn(Set(['a', 'b']), 2).size,
  'a collection that is given back as it was': (s) =>
    s.map.toMap() === s.map && s.set.map((x: unknown) => x) === s.set && s.list.asImmutable() === s.list,
  'an array asked about by identity': (s) => s.deep.toSet().isSubset([s.deep.get('a')]),
  'a Set asked about an array with a collection in it': (s) => s.set.isSubset([s.map, 'a']),
  'a change within a change': (s) =>
    s.map.withMutations((m: any) => m.update('a', (v: number) => (m.set('b', v), 7))).toString(),
  'whether it was altered in place': (s) => {
    let altered: unknown;
    s.map.withMutations((m: any) => void (altered = m.set('b', 1).wasAltered()));
    return altered;
  },
  'what is made immutable in place': (s) => {
    let size: unknown;
    s.map.withMutations((m: any) => void (size = m.asImmutable().size));
    return size;
  },
  'what was changed in place, used after': (s) => {
    let kept: any;
    s.map.withMutations((m: any) => void (kept = m.set('c', 1)));
    return kept.set('q', 1).size;
  },
  'a super method of a class': (s) => s.cart.set('items', Set()).items.size,
  'what may be done to a state': (s) =>
    `${Object.isFrozen(s)} ${Object.isSealed(s)} ${Object.isExtensible(s)} ${Object.getPrototypeOf(s) === Object.prototype}`,
  'what a state consists of': (s) => `${Reflect.ownKeys(s).join()} ${Object.getOwnPropertySymbols(s).length}`,
  'a text to look into': (s) => inspect(s.set).includes('_map'),
  'a text with its proxies': (s) => inspect(s.set, { showProxy: true, showHidden: true }).includes('Proxy'),
};

/** Ways to catch what a function throws, and to go on. */
const CATCHES: { readonly [name: string]: (look: () => unknown) => unknown } = {
  'try and catch': (look) => {
    try {
      return String(look());
    } catch {
      return 'threw';
    }
  },
  'a finally that returns': (look) => {
    let seen = 'threw';
    try {
      seen = String(look());
    } finally {
      return seen;
    }
  },
  'a promise': (look) => {
    let seen = 'threw';
    new Promise<void>((resolve) => (look(), (seen = 'went well'), resolve())).catch(() => undefined);
    return seen;
  },
};

/** What comes of a look in each of these ways. */
const caught = (look: () => unknown): string =>
  Object.values(CATCHES)
    .map((attempt) => attempt(look))
    .join(' ');

test.each(Object.entries(LOOKS))(
  'what a view refuses is not learned though it be caught: %s',
  async (_, look) => {
    const outcome = await found(
      spec({
        name: 'caught',
        init: INIT,
        actions: {
          go: action({
            guard: (s) => s.n < 3,
            effect: (s) => ({ n: s.n + 1, row: s.row.set('at', s.n + 1) }),
          }),
          look: action({ guard: (s) => s.got === '', effect: (s) => ({ got: caught(() => look(s)) }) }),
        },
        invariants: { unseen: (s: any) => caught(() => look(s)) !== 'nothing' },
      } as never) as Spec,
    );
    expect(outcome).toMatchObject({ end: 'exhausted', findings: {} });
  },
);
