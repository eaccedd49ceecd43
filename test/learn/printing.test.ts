import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { check } from 'everystate';
import { List, Map, Record, Set } from 'immutable';
import { language } from 'everystate';

interface Row {
  readonly at: number;
}
const Row = Record<Row>({ at: 0 }, 'Row');
interface State {
  readonly n: number;
  readonly on: boolean;
  readonly m: Map<string, number>;
  readonly set: Set<string>;
  readonly rows: Map<string, Record<Row> & Row>;
  readonly list: List<Map<string, number>>;
}
const { action, spec } = language<State>();

function printing(look: (s: State) => void) {
  return spec({
    name: 'printing',
    init: {
      n: 7,
      on: false,
      m: Map({ a: 1 }),
      set: Set(['x']),
      rows: Map({ r: Row({ at: 2 }) }),
      list: List([Map({ b: 3 })]),
    },
    actions: {
      step: action({ guard: (s) => s.n < 9, effect: (s) => (look(s), { n: s.n + 1 }) }),
      turn: action({ effect: (s) => ({ on: !s.on, m: s.m.set('a', s.on ? 1 : 2) }) }),
    },
  });
}

/** All that is printed, and what comes of the search. */
async function run(look: (s: State, to: Console) => void) {
  const out = new PassThrough();
  const to = new Console(out);
  const result = await check(
    printing((s) => look(s, to)),
    { deadlock: false },
  );
  return { result, printed: ((out.read() as Buffer | null) ?? '').toString() };
}

test('a state is printed with the values of its variables', async () => {
  const { printed } = await run((s, to) => to.log(s));
  expect(printed).toMatch(
    /^\{\n {2}n: 7,\n {2}on: false,\n {2}m: Map \{ "a": 1 \},\n {2}set: Set \{ "x" \},/,
  );
  expect(printed).toContain('rows: Map { "r": Row { at: 2 } }');
  expect(printed).toContain('list: List [ Map { "b": 3 } ]');
});

test('a collection of a state is printed as the value it shows, changed or not, and inside of others', async () => {
  const { printed } = await run((s, to) =>
    to.log(
      '%s is',
      'it',
      s.m,
      s.m.set('c', 4),
      [s.set],
      { row: s.rows.get('r') },
      s.set.filter((x) => x !== 'q'),
    ),
  );
  expect(printed.split('\n')[0]).toBe(
    'it is Map { "a": 1 } Map { "a": 1, "c": 4 } [ Set { "x" } ] { row: Row { at: 2 } } Set { "x" }',
  );
  expect(printed).not.toMatch(/everystate|undefined/);
});

test('a collection that changes in place is printed as it is by then', async () => {
  const { printed } = await run((s, to) => void s.m.withMutations((m) => void (m.set('z', 0), to.log(m))));
  expect(printed.split('\n')[0]).toBe('Map { "a": 1, "z": 0 }');
});

test('what is printed is not taken for read: as few calls, the same answers', async () => {
  const silent = await run(() => {});
  const { result, printed } = await run((s, to) => to.log('state is', s, 'map is', s.m, s.list));
  const { distinct, generated, learning } = silent.result.statistics;
  expect(result).toMatchObject({ verdict: silent.result.verdict, statistics: { distinct, generated } });
  expect(result.statistics.learning?.calls).toBe(learning?.calls);
  expect(printed.match(/state is/g)?.length).toBeLessThan(10);
});

test('a text that the function itself looks at is the one that a plain run gets', async () => {
  let texts: string[] = [];
  const looked = (s: State) => void texts.push(inspect(s.set).replaceAll(/__hash: .*/g, ''));
  const { result } = await run(looked);
  expect(result.statistics.learning?.actions.map(({ plainly }) => plainly)).toEqual(['untrackable', null]);
  texts = texts.slice(1);
  expect(new globalThis.Set(texts).size).toBe(1);
  expect(texts[0]).toContain('_map');
});
