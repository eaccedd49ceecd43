import { check, language, type Spec } from 'everystate';
import { Map, Set } from 'immutable';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf, WAYS_ASKED } from '../oracle/compare';

interface State {
  readonly at: Map<string, number>;
  readonly seen: Set<string>;
  readonly other: number;
}
const { action, actionProperty, spec } = language<State>();
const ids = ['a', 'b', 'c'];

/** Three counters that go up, and something that none of the properties reads. */
const counters = (actionProperties: object) =>
  spec({
    name: 'counters',
    init: { at: Map(ids.map((id) => [id, 0])), seen: Set(), other: 0 },
    actions: {
      up: action(
        { id: ids },
        {
          guard: (s, { id }) => s.at.get(id)! < 3,
          effect: (s, { id }) => ({ at: s.at.update(id, 0, (n) => n + 1), seen: s.seen.add(id) }),
        },
      ),
      down: action({ guard: (s) => s.at.get('b') === 3, effect: (s) => ({ at: s.at.set('b', 1) }) }),
      turn: action({ effect: (s) => ({ other: (s.other + 1) % 40 }) }),
    },
    actionProperties,
  }) as Spec;

test('one over ranges is violated by the first parameters for which it falls, and its sentence names them', async () => {
  const neverFalls = actionProperty(
    { id: ids },
    (before, after, { id }) => before.at.get(id)! <= after.at.get(id)!,
    {
      says: (before, after, { id }) => `${id} fell from ${before.at.get(id)} to ${after.at.get(id)}`,
    },
  );
  const result = await check(counters({ neverFalls }));
  expect(result).toMatchObject({
    verdict: 'violated',
    violations: [{ property: 'neverFalls', parameters: { id: 'b' }, says: 'b fell from 3 to 1' }],
  });
});

test('one over a range of the state ranges over the state before', async () => {
  const stays = actionProperty({ id: (s) => s.seen }, (_before, after, { id }) => after.seen.has(id));
  expect(await check(counters({ stays }))).toMatchObject({ verdict: 'holds' });
  const isNew = actionProperty({ id: (s) => s.seen }, (before, after, { id }) => after.at.get(id) !== 2);
  expect(await check(counters({ isNew }))).toMatchObject({
    verdict: 'violated',
    violations: [{ property: 'isNew', parameters: { id: 'a' }, trace: { length: 3 } }],
  });
});

const PROPERTIES: { readonly [what: string]: object } = {
  'holds of every step': { p: (a: State, b: State) => a.at.get('a')! <= b.at.get('a')! },
  'falls in a step that writes nothing it reads': {
    p: (a: State, b: State) => a.at.get('a') !== 3 || b.at.get('a') !== 3,
  },
  'demands that each step changes something': {
    p: (a: State, b: State) => !a.at.equals(b.at) || a.other < 7,
  },
  'falls of a state that a step leads to, and not of a step that changes nothing': {
    p: (a: State, b: State) => b.at.get('a') !== 2 || a.at.get('a') === 2,
  },
  'throws where a step changes nothing it reads, in states that no step leaves so': {
    p: (a: State, b: State) => {
      if (a.other === b.other && a.at.equals(b.at)) throw new Error('nothing happened');
      return true;
    },
  },
  'reads ever more, as states come': {
    p: (a: State, b: State) => a.seen.every((id) => a.at.get(id)! <= b.at.get(id)! + 2),
  },
};

test.each(Object.entries(PROPERTIES))('one that %s: every search agrees', async (_what, properties) => {
  for (const keepGoing of [false, true]) {
    const options = { keepGoing, deadlock: false };
    const plain = await outcomeOf(counters(properties), searchByReference, options);
    for (const explore of Object.values(WAYS_ASKED))
      expect(difference(plain, await outcomeOf(counters(properties), explore, options))).toBeNull();
  }
});

test('a step that writes nothing that is read is not asked about', async () => {
  const rises = (a: State, b: State) => a.at.get('a')! <= b.at.get('a')!;
  const { statistics } = await check(counters({ rises }));
  expect(statistics.distinct).toBeGreaterThan(1000);
  expect(statistics.learning?.properties).toMatchObject([{ property: 'rises', runs: 7, cells: 2 }]);
});
