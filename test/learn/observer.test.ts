import { Map } from 'immutable';
import { Observer } from '../../checker/learn/observer';
import { Fault } from '../../checker/model/fault';
import { TooFine } from '../../checker/model/engineError';
import { stopRuns } from '../../checker/model/underWay';
import { Values } from '../../checker/value/values';
import type { Place } from '../../checker/learn/cells';

const values = new Values();
const observer = new Observer(values, ['n', 'm']);
const row = (n: number, m: object) => [values.idOf(n), values.idOf(m)];
const BEFORE = row(1, Map({ a: Map({ x: 1 }) }));
const AFTER = row(2, Map({ a: Map({ x: 1 }), b: Map() }));

test('it is told what a function gave, and what it read of which side, in order', () => {
  const observed = observer.observe(
    [BEFORE, AFTER],
    ([before, after]: any) => after.n > before.n && after.m.has('b'),
  );
  expect(observed?.gave).toBe(true);
  expect(observed?.events.map(({ side, place }) => [side, place.key])).toEqual([
    [1, 'n'],
    [0, 'n'],
    [1, 'm'],
    [1, 'b'],
  ]);
});

test('the value of a place is that of the side it is asked of; undefined where nothing is', () => {
  const observed = observer.observe([BEFORE, AFTER], () => 0);
  const [before, after] = observed?.sides ?? [];
  const m = observer.cells.variables[1] as Place;
  const b = observer.cells.child(m, values.idOf('b'));
  expect([before, after].map((side) => side && observer.valueIn(side, b))).toEqual([undefined, Map()]);
  expect(before && observer.valueIn(before, m)).toEqual(Map({ a: Map({ x: 1 }) }));
});

test('to look at a value afterwards notes nothing', () => {
  const observed = observer.observe([BEFORE], () => 0);
  for (const side of observed?.sides ?? []) observer.valueIn(side, observer.cells.variables[1] as Place);
  expect(observed?.events).toEqual([]);
});

test.each([
  [
    'threw',
    () => {
      throw new Error('mine');
    },
  ],
  [
    'looked at how a view is made, and caught what that throws',
    ([s]: any) => {
      try {
        return { ...s.m };
      } catch {
        return 0;
      }
    },
  ],
])('of a function that %s nothing is told', (_what, body) => {
  expect(observer.observe([BEFORE], body as never)).toBeUndefined();
});

test('what the engine itself throws passes, though the function catch it', () => {
  const body = () => {
    stopRuns(new TooFine('enough'));
    return 1;
  };
  expect(() => observer.observe([BEFORE], body)).toThrow(TooFine);
  const faulty = () => (stopRuns(new Fault({ place: { part: 'init' }, what: '', advice: '' } as never)), 1);
  expect(observer.observe([BEFORE], faulty)).toBeUndefined();
});

test('what is still read of a state when its run is over is refused', () => {
  let kept: any;
  observer.observe([BEFORE], ([state]: any) => void (kept = state.m));
  expect(() => kept.get('a')).toThrow('a collection of an earlier state is still in use');
});
