import { check, language } from 'everystate';
import { reportText } from '../../checker/report/index';
import '../../checker/jest/index';

interface State {
  readonly x: number;
}
const { action, spec } = language<State>();
const inc = action({ effect: (s) => ({ x: s.x + 1 }) });

describe('a search in which every initial state lies outside the constraint', () => {
  const of = (init: State | readonly State[], never: (s: State) => boolean) =>
    spec({ name: 'outside', init, actions: { inc }, invariants: { never }, constraint: (s) => s.x < 5 });

  test.each([{}, { workers: 2 }, { exact: true }, { keepGoing: true }])(
    'does not hold, with %j',
    async (options) => {
      const result = await check(
        of([{ x: 10 }, { x: 11 }], (s) => s.x !== 12),
        options,
      );
      expect(result).toMatchObject({
        verdict: 'broken',
        place: { part: 'constraint' },
        statistics: { distinct: 0, outside: 2 },
      });
      expect(reportText(result)).toMatch('every initial state lies outside of it');
      expect(() => expect(result).toHold()).toThrow();
      expect(() => expect(result).not.toHold()).toThrow();
    },
  );

  test('shows what falls there, and gives the constraint as the cause of what is never taken', async () => {
    const result = await check(of({ x: 12 }, (s) => s.x !== 12));
    expect(result).toMatchObject({ verdict: 'violated', violations: [{ property: 'never' }] });
    expect(reportText(result)).toMatch(
      'action inc is never taken: every initial state lies outside the constraint',
    );
  });

  test('is another one where a state lies inside', async () => {
    expect(await check(of([{ x: 10 }, { x: 4 }], () => true))).toMatchObject({ verdict: 'holds' });
  });
});

test('an action that no state inside the constraint enables is said to be so', async () => {
  const late = action({ guard: (s) => s.x === 3, effect: () => ({ x: 0 }) });
  const tested = spec({ name: 'late', init: { x: 0 }, actions: { inc, late }, constraint: (s) => s.x < 3 });
  expect(reportText(await check(tested))).toMatch(
    'action late is never taken: no reachable state inside the constraint enables it',
  );
});

describe('what is said of states that were missed', () => {
  const doubt = async (actions: object, options: object = {}) =>
    reportText(
      await check(spec({ name: 'doubt', init: { x: 0 }, actions, final: () => true } as never), options),
    ).match(/(a state was missed|no state was|whole states).*/)?.[0];
  const once = action({ guard: (s) => s.x < 3, effect: (s) => ({ x: s.x + 1 }) });
  const back = action({ guard: (s) => s.x === 3, effect: () => ({ x: 0 }) });

  test('where none was met twice, none was', async () => {
    const none = 'no state was met twice, so that none was taken for another and missed';
    expect(await doubt({})).toBe(none);
    expect(await doubt({ once })).toBe(none);
  });

  test('where some were, it is a number above 0', async () => {
    expect(await doubt({ once, back })).toMatch(/^a state was missed with probability [1-9]\.\de-\d+$/);
    const still = action({ effect: () => ({}) });
    expect(await doubt({ still })).toMatch(/^a state was missed with probability [1-9]\.\de-\d+$/);
  });

  test('where whole states were compared, none was', async () => {
    expect(await doubt({ once, back }, { exact: true })).toBe('whole states were compared: none was missed');
  });
});
