import {
  List,
  Map,
  OrderedMap,
  OrderedSet,
  Record,
  Set,
  Stack,
  removeIn,
  setIn,
  update,
  updateIn,
} from 'immutable';
import { language, type Spec } from 'everystate';
import { searchBreadthFirst } from '../../checker/search/search';
import { found } from './alike';
import { outcomeOf } from './compare';

/**
 * Immutable goes by identity inside: `update` of a key that isn't there puts nothing there where the updater gives back
 * the very object that it was given. A search that learns from stand-ins does what the plain loop does.
 */
const { action, spec } = language<any>();
const Box = Record({ at: '', q: Set<string>(), l: List<number>() }, 'Box');

const INIT = {
  held: Map<string, unknown>(),
  deep: Map({ d: Map<string, unknown>() }),
  ordered: OrderedMap<string, unknown>([['o', Set(['o'])]]),
  free: Set(['a']),
  same: Set(['a']),
  jobs: Map({ a: 1 }),
  log: List([1]),
  box: Box({ at: 'x' }),
  nest: Map({ n: Set(['a']) }),
  sorted: OrderedSet(['a']),
  stack: Stack(['a']),
};

/** What is put where nothing is, and what by. True of each: it is a pure function. */
const EFFECTS: { readonly [what: string]: (s: any) => object } = {
  'a delete that leaves nothing': (s) => ({ held: s.held.update('w', Set(), () => s.free.delete('a')) }),
  'a filter that leaves nothing': (s) => ({
    held: s.held.update('w', Set(), () => s.free.filter((x: string) => x !== 'a')),
  }),
  'a filterNot of a filter': (s) => ({
    held: s.held.update('w', Set(), () =>
      s.free.filter((x: string) => x < 'b').filterNot((x: string) => x < 'b'),
    ),
  }),
  'what may be empty as it is': (s) => ({ held: s.held.update('w', Set(), () => s.free) }),
  'a subtraction': (s) => ({ held: s.held.update('w', Set(), () => s.free.subtract(['a'])) }),
  'an intersection': (s) => ({ held: s.held.update('w', Set(), () => s.free.intersect(['b'])) }),
  'a union of nothing with what may be empty': (s) => ({
    held: s.held.update('w', Set(), (q: any) => q.union(s.free)),
  }),
  'what mutations leave': (s) => ({
    held: s.held.update('w', Set(), () => s.free.withMutations((m: any) => void m.delete('a'))),
  }),
  'a Map that a delete leaves': (s) => ({ held: s.held.update('w', Map(), () => s.jobs.delete('a')) }),
  'a Map merged into nothing': (s) => ({
    held: s.held.update('w', Map(), (m: any) => m.merge(s.jobs.delete('a'))),
  }),
  'a Map that deletions leave': (s) => ({ held: s.held.update('w', Map(), () => s.jobs.deleteAll(['a'])) }),
  'a List that pop leaves': (s) => ({ held: s.held.update('w', List(), () => s.log.pop()) }),
  'a List that is sliced': (s) => ({ held: s.held.update('w', List(), () => s.log.slice(1)) }),
  'a List joined to nothing': (s) => ({
    held: s.held.update('w', List(), (l: any) => l.concat(s.log.pop())),
  }),
  'an ordered Set that a delete leaves': (s) => ({
    held: s.held.update('w', OrderedSet(), () => s.sorted.delete('a')),
  }),
  'a Stack that pop leaves': (s) => ({ held: s.held.update('w', Stack(), () => s.stack.pop()) }),
  'a Set where a Map is the default': (s) => ({ held: s.held.update('w', Map(), () => s.free.delete('a')) }),
  'a List where a Set is the default': (s) => ({ held: s.held.update('w', Set(), () => s.log.pop()) }),
  'below a path': (s) => ({ held: s.held.updateIn(['w', 'v'], Set(), () => s.free.delete('a')) }),
  'below a path that is there': (s) => ({
    deep: s.deep.updateIn(['d', 'v'], Set(), () => s.free.delete('a')),
  }),
  'below a new Map on the path': (s) => ({
    held: s.held.set('w', Map({ u: 1 })).updateIn(['w', 'v'], Set(), () => s.free.delete('a')),
  }),
  'below an ordered Map on the path': (s) => ({
    held: s.held.set('w', OrderedMap({ u: 1 })).updateIn(['w', 'v'], Set(), () => s.free.delete('a')),
  }),
  'in a path through a Record': (s) => ({
    box: s.box.set('q', Map({ u: 1 })).updateIn(['q', 'v'], Set(), () => s.free.delete('a')),
  }),
  'in an ordered Map': (s) => ({ ordered: s.ordered.update('w', Set(), () => s.free.delete('a')) }),
  'in a Map that was filtered': (s) => ({
    held: s.held.filter(() => true).update('w', Set(), () => s.free.delete('a')),
  }),
  'in a Map of its own making': (s) => ({ held: Map().update('w', Set(), () => s.free.delete('a')) }),
  'in a Map that changes in place': (s) => ({
    held: s.held.withMutations((m: any) => void m.update('w', Set(), () => s.free.delete('a'))),
  }),
  'in a Map made mutable': (s) => ({
    held: s.held
      .asMutable()
      .update('w', Set(), () => s.free.delete('a'))
      .asImmutable(),
  }),
  'by the function update': (s) => ({ held: update(s.held, 'w', Set(), () => s.free.delete('a')) }),
  'by the function updateIn': (s) => ({
    held: updateIn(s.held, ['w', 'v'], Set(), () => s.free.delete('a')) as object,
  }),
  'a collection equal to the default': (s) => ({ held: s.held.update('w', s.same, () => s.free) }),
  'a change that changes nothing': (s) => ({ held: s.held.update('w', s.same, () => s.same.add('a')) }),
  'a change that makes what is equal': (s) => ({
    held: s.held.update('w', s.same, () => s.same.delete('a').add('a')),
  }),
  'a changed default, given back unchanged': (s) => ({
    held: s.held.update('w', s.same.add('a'), () => s.same),
  }),
  'a changed default, changed back': (s) => ({
    held: s.held.update('w', s.same.add('a'), (q: any) => q.add('a')),
  }),
  'a default with collections inside': (s) => ({
    held: s.held.update('w', s.nest, (m: any) => m.update('n', (q: any) => q.add('a'))),
  }),
  'a changed default with collections inside': (s) => ({
    held: s.held.update('w', s.nest.delete('zz'), (m: any) => m.update('n', (q: any) => q.add('a'))),
  }),
  'a Record whose field becomes its default': (s) => ({
    held: s.held.update('w', Box(), (b: any) => b.set('q', s.free.delete('a'))),
  }),
  'a Record of the state, its field set to what it is': (s) => ({
    held: s.held.update('w', s.box, (b: any) => b.set('at', s.box.at)),
  }),
  'an updater that stands where the default would': (s) => ({
    held: s.held.update('w', () => s.free, undefined),
  }),
  'an empty default of the state': (s) => ({ held: s.held.update('w', s.free, () => s.log.toSet()) }),
  'a key that Immutable does not set': (s) => ({ held: s.held.update('constructor', () => 1) }),
  'a path by a key that Immutable does not set': (s) => ({ held: s.held.setIn(['w', 'constructor'], 1) }),
  'a removal below a key that Immutable does not set': (s) => ({
    deep: s.deep.set('constructor', Map({ x: s.free })).removeIn(['constructor', 'x']),
  }),
  'functions that set and remove': (s) => ({
    deep: removeIn(setIn(s.deep, ['d', 'x'], s.free.delete('a')), ['d', 'x']),
  }),
};

const toggles = {
  free: action({ effect: (s) => ({ free: s.free.has('a') ? s.free.delete('a') : s.free.add('a') }) }),
  same: action({ effect: (s) => ({ same: s.same.has('a') ? s.same.delete('a') : s.same.add('a') }) }),
  jobs: action({ effect: (s) => ({ jobs: s.jobs.has('a') ? s.jobs.delete('a') : s.jobs.set('a', 1) }) }),
  log: action({ effect: (s) => ({ log: s.log.isEmpty() ? s.log.push(1) : s.log.pop() }) }),
};

test.each(Object.entries(EFFECTS))(
  'nothing is put where nothing was, or something, alike: %s',
  async (_what, effect) => {
    const moved = spec({
      name: 'moved',
      init: INIT,
      actions: { ...toggles, move: action({ effect }) },
    } as never);
    expect(await found(moved as Spec)).toMatchObject({ end: 'exhausted' });
  },
);

test('what leaves nothing is learned, and not called in each of some hundred states', async () => {
  let calls = 0;
  const effect = (s: any) => (calls++, { held: s.held.update('w', Set(), () => s.free.delete('a')) });
  const tick = action({ guard: (s) => s.n < 300, effect: (s) => ({ n: s.n + 1 }) });
  const counted = spec({
    name: 'counted',
    init: { ...INIT, n: 0 },
    actions: { free: toggles.free, tick, move: action({ effect }) },
  } as never) as Spec;
  const outcome = await outcomeOf(counted, searchBreadthFirst, { keepGoing: true, deadlock: false });
  expect(outcome).toMatchObject({ distinct: 602 });
  expect(calls).toBeLessThan(100);
});
