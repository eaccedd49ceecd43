import { language, numbers } from 'everystate';
import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { POLICY } from '../../checker/learn/policy';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';

interface Lamps {
  readonly hour: number;
  readonly a: boolean;
  readonly b: boolean;
}
const { action, spec } = language<Lamps>();

const lamps = spec({
  name: 'lamps',
  constants: { HOURS: 1 },
  init: { hour: 0, a: false, b: false },
  actions: ({ HOURS }) => ({
    wait: action({
      guard: ({ hour }) => hour + 1 < HOURS,
      effect: ({ hour }) => ({ hour: hour + 1 }),
    }),
    // Reads the hour, then a lamp, then for one of them the other.
    light: action(
      { lamp: ['a', 'b'] as const, parity: numbers(0, 1) },
      {
        guard: (s, { lamp, parity }) => s.hour % 2 === parity && !s[lamp] && (lamp === 'a' || s.a),
        effect: (_, { lamp }) => (lamp === 'a' ? { a: true } : { b: true }),
      },
    ),
  }),
});

// With two thousand hours there are more lists than get tables of their own.
test.each([1, 7, 2000])('instances that read the same cells first, of %d values', async (HOURS) => {
  const evaluator = (): Evaluator => new Evaluator(bind(lamps, { constants: { HOURS } }));
  const policy = { ...POLICY, givesUp: () => false };
  const options = { deadlock: false, keepGoing: false, now: () => 0, policy };
  const plain = await searchByReference(evaluator(), options);
  const { statistics } = await searchBreadthFirst(evaluator(), options);
  expect(statistics).toMatchObject({
    distinct: 3 * HOURS,
    generated: plain.statistics.generated,
    actions: plain.statistics.actions,
  });
  expect(statistics.learning?.actions.map(({ plainly }) => plainly)).toEqual([null, null]);
});
