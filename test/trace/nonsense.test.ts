import { check, language } from 'everystate';
import { reportJson, reportText } from '../../checker/report/index';

interface State {
  readonly x: number;
}
const { action, invariant, spec } = language<State>();
const hostile = () =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('not for you');
      },
    },
  );

/** What a function of the user's may give in place of text, or throw. */
const NONSENSE: readonly [string, () => unknown][] = [
  ['an object without a prototype', () => Object.create(null) as object],
  ['a symbol', () => Symbol('s')],
  ['nothing', () => undefined],
  ['null', () => null],
  ['a function', () => () => 1],
  ['a Proxy that throws', hostile],
  ['an object whose text throws', () => ({ toString: hostile, [Symbol.toPrimitive]: hostile })],
];

describe.each(NONSENSE)('%s', (name, give) => {
  const thrown = (): never => {
    throw give();
  };
  test.each<[string, () => unknown]>([
    ['given', give],
    ['thrown', thrown],
  ])('%s by a says, loses no violation', async (_how, says) => {
    const tested = spec({
      name: 'says',
      init: { x: 0 },
      actions: {
        go: action({ guard: (s) => s.x < 2, effect: (s) => ({ x: s.x + 1 }), says: says as () => string }),
      },
      invariants: { small: invariant((s) => s.x < 2, { says: says as () => string }) },
    });
    const result = await check(tested);
    expect(result).toMatchObject({ verdict: 'violated', violations: [{ property: 'small' }] });
    expect(reportText(result)).toMatch('invariant small, after 2 steps');
    expect(JSON.stringify(reportJson(result))).toContain('small');
  });

  test('thrown by an effect, or given for one, is the fault of that effect', async () => {
    // An object of no changes is an effect like any other, whatever its prototype.
    for (const effect of name.includes('without') ? [thrown] : [thrown, give]) {
      const tested = spec({
        name: 'effect',
        init: { x: 0 },
        actions: { go: action({ effect: effect as () => State }) },
      });
      const result = await check(tested);
      expect(result).toMatchObject({ verdict: 'broken', place: { part: 'effect', name: 'go' } });
      expect(reportText(result)).toMatch('effect of go');
      expect(JSON.stringify(reportJson(result))).toContain('go');
    }
  });

  test('thrown where an initial state is asked for its variables is the fault of init', async () => {
    const init = new Proxy({ x: 0 }, { ownKeys: thrown, get: thrown });
    const result = await check(spec({ name: 'init', init, actions: {} }));
    expect(result).toMatchObject({ verdict: 'broken', place: { part: 'init' } });
    expect(reportText(result)).toMatch('init: it threw');
  });
});
