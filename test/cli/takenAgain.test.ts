import { Folder } from './everystate';

const SPEC = `
import { language } from 'everystate';
interface State { readonly x: number }
const { action, spec } = language<State>();
const parts = { init: { x: 0 }, actions: { tick: action({ guard: (s: State) => s.x < 2000, effect: (s: State) => ({ x: s.x + 1 }) }) } };
export const long = spec({ name: 'long', ...parts, invariants: { ends: (s) => s.x < 1500 } });
export const short = spec({ name: 'short', ...parts, invariants: { ends: (s) => s.x < 3 } });
export const one = spec({ name: 'one', ...parts, reachable: { three: (s) => s.x === 3 }, final: () => true });
export const stops = spec({ name: 'stops', init: { x: 0 }, actions: { tick: action({ guard: (s) => s.x < 3, effect: (s) => ({ x: s.x + 1 }) }) }, reachable: { three: (s) => s.x === 3 } });
export const far = spec({ name: 'far', ...parts, reachable: { middle: (s) => s.x === 1500 }, final: () => true });
export const two = spec({ name: 'two', ...parts, reachable: { three: (s) => s.x === 3, four: (s) => s.x === 4 }, final: () => true });
`;
const folder = new Folder({ 'spec.ts': SPEC });
afterAll(() => folder.remove());

it('a run that is too long for a command line is taken again from a report', () => {
  const { out } = folder.run('check', 'spec.ts', '--spec', 'long');
  expect(out).toMatch(
    /replay {6}too long for a command line; check again with --format json --out run\.json, then:/,
  );
  expect(out).toMatch(/--spec long --trace run\.json --property ends\n/);
  for (const line of out.split('\n')) expect(line.length).toBeLessThan(1_100);
  folder.run('check', 'spec.ts', '--spec', 'long', '--format', 'json', '--out', 'run.json');
  const again = folder.run(
    'replay',
    'spec.ts',
    '--spec',
    'long',
    '--trace',
    'run.json',
    '--property',
    'ends',
  );
  expect(again.code).toBe(1);
  expect(again.out).toMatch('invariant ends, after 1,500 steps');
}, 60_000);

it('a short one is taken again by its steps', () => {
  expect(folder.run('check', 'spec.ts', '--spec', 'short').out).toMatch("--steps 'tick; tick; tick'");
}, 60_000);

it('a run to what was reached is taken again: the only one by itself, one of several by name', () => {
  for (const name of ['one', 'two'])
    folder.run('check', 'spec.ts', '--spec', name, '--format', 'json', '--out', `${name}.json`);
  const only = folder.run('replay', 'spec.ts', '--spec', 'one', '--trace', 'one.json');
  expect(only).toMatchObject({ code: 0 });
  expect(only.out).toMatch('three after 3 steps');
  const which = folder.run('replay', 'spec.ts', '--spec', 'two', '--trace', 'two.json');
  expect(which.code).toBe(2);
  expect(which.err).toMatch(
    'two.json has no counterexample, but runs to three and four; say which to take: --property NAME',
  );
  const named = folder.run('replay', 'spec.ts', '--spec', 'two', '--trace', 'two.json', '--property', 'four');
  expect(named.out).toMatch('four after 4 steps');
}, 60_000);

it('the line beneath what was reached takes the run there again, and finds no deadlock that was not asked for', () => {
  const { out, code } = folder.run('check', 'spec.ts', '--spec', 'stops', '--no-deadlock');
  expect(code).toBe(0);
  const [, words = '', steps = ''] =
    /^reached {5}three after 3 steps\n {12}.* replay (.*) --steps '(.*)'$/m.exec(out) ?? [];
  const again = folder.run('replay', ...words.split(' '), '--steps', steps);
  expect(again.out).toMatch(/^reached {5}three after 3 steps$/m);
  expect(again.out).toMatch(/^replayed {4}3 steps, and no property falls in them$/m);
  expect(again.code).toBe(0);
}, 60_000);

it('what was reached by a run that is too long for a command line, from a report', () => {
  const { out } = folder.run('check', 'spec.ts', '--spec', 'far');
  expect(out).toMatch(
    /^reached {5}middle after 1,500 steps\n {12}too long for a command line; .*\n {12}.* --spec far --trace run\.json --property middle$/m,
  );
}, 60_000);
