import { List, Map, Record, Set } from 'immutable';
import { Tracked, type Given } from './tracked';

const Row = Record({ at: 0, by: '' }, 'Row');
const STATE = {
  n: 1,
  m: Map({ a: 1, b: 2 }),
  s: Set(['x', 'y']),
  l: List([5, 6]),
  r: Row(),
  deep: Map({ a: Map({ x: 1 }) }),
};

function reading(body: (s: Given) => unknown, state: Given = STATE): string[] {
  const tracked = new Tracked(Object.keys(state));
  return tracked.run(tracked.row(state), body).read;
}

test('a variable is read where it is asked for, once', () => {
  expect(reading((s) => s.n + s.n)).toEqual(['n']);
  expect(reading(() => 1)).toEqual([]);
});

test('what is read is noted in the order in which it is read, each on its way', () => {
  expect(reading((s) => s.deep.get('a').get('x') + s.m.get('b'))).toEqual([
    'deep',
    'deep.a',
    'deep.a.x',
    'm',
    'm.b',
  ]);
});

test('a key that is not there is read as well', () => {
  expect(reading((s) => s.m.get('z'))).toEqual(['m', 'm.z']);
});

test('a walk over a Map reads the cells of all its entries, and then how many there were', () => {
  expect(reading((s) => s.m.toArray())).toEqual(['m', 'm.a', 'm.b', 'all 2 of m']);
});

test('a second walk over the same notes nothing', () => {
  expect(reading((s) => [s.m.toArray(), s.m.toList()])).toEqual(['m', 'm.a', 'm.b', 'all 2 of m']);
});

test('the size of a Map is a fold: it hangs on how many are there, and not on what they are', () => {
  expect(reading((s) => s.m.size)).toEqual(['m', 'count of m']);
});

test('a predicate over a Set that is known to leave no trace is a fold, asked about members that are not there too', () => {
  const tracked = new Tracked(['s']);
  tracked.row({ s: Set(['x', 'y', 'z']) });
  const { gave, notes, read } = tracked.run(tracked.row({ s: Set(['x']) }), (s) =>
    s.s.some((member: string) => member === 'z'),
  );
  expect({ gave, read, asked: notes.asked }).toEqual({ gave: false, read: ['s', 'any of s'], asked: 3 });
});

test('a predicate that nothing is known of is called for what is there, and the whole collection is read', () => {
  const tracked = new Tracked(['s']);
  tracked.row({ s: Set(['x', 'y', 'z']) });
  const called: string[] = [];
  const { read } = tracked.run(tracked.row({ s: Set(['x', 'y']) }), (s) =>
    s.s.some((member: string) => called.push(member) > 5),
  );
  expect(called).toEqual(['x', 'y']);
  expect(read).toEqual(['s', 's.x', 's.y', 's.z', 'all 3 of s']);
});

test('a predicate that reads the state is not asked ahead', () => {
  expect(reading((s) => s.s.some((member: string) => s.m.get(member) === 1))).toEqual([
    's',
    's.x',
    's.y',
    'all 2 of s',
    'm',
    'm.x',
    'm.y',
  ]);
});

test('a predicate that throws about a member that is not there throws in no run', () => {
  const tracked = new Tracked(['s']);
  tracked.row({ s: Set<unknown>([null, Map({ a: 1 })]) });
  const body = (s: Given) => s.s.every((member: any) => member.get('a') === 1);
  const { gave, threw } = tracked.run(tracked.row({ s: Set([Map({ a: 1 })]) }), body);
  expect({ gave, threw }).toEqual({ gave: true, threw: undefined });
});

test('a collection compared as a whole is read down to its last scalar', () => {
  expect(reading((s) => s.deep.equals(Map()))).toEqual([
    'deep',
    'deep.a',
    'all 1 of deep',
    'deep.a.x',
    'all 1 of deep.a',
  ]);
});

test('the same place gives the same view', () => {
  const tracked = new Tracked(['m']);
  const at = tracked.row({ m: Map({ a: Map({ x: 1 }) }) });
  expect(tracked.run(at, (s) => s.m === s.m && s.m.get('a') === s.m.get('a')).gave).toBe(true);
});

test('what is still read when the run is over is refused', () => {
  const tracked = new Tracked(['m']);
  let kept: any;
  const { notes } = tracked.run(tracked.row({ m: Map({ a: 1 }) }), (s) => void (kept = s.m));
  notes.over = true;
  expect(() => kept.get('a')).toThrow('a collection of an earlier state is still in use');
});

test('what is looked at quietly is not noted', () => {
  const tracked = new Tracked(['m']);
  const at = tracked.row({ m: Map({ a: 1 }) });
  const { session, notes } = tracked.run(at, () => undefined);
  notes.quiet = true;
  expect(session.get(tracked.cells.places[1] as never)).toBe(1);
  expect(notes.events).toEqual([]);
});
