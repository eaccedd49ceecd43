import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, replay } from 'everystate';
import provisioning from '../../examples/provisioning';
import type { State } from '../../examples/provisioning/state';
import { parseSteps } from '../../checker/trace/replay';

/** Without the victims, which have no part in the race: the numbers are then those of the report. */
const constants = { DISKS: 0, BYSTANDERS: 0 };

const fileOf = (name: string) =>
  readFileSync(join(__dirname, '../../examples/provisioning/incident', name), 'utf8');
const twenty = fileOf('twenty-steps.txt');
const ordinaryStop = fileOf('ordinary-stop.txt');

/** The run of some steps, its states from the initial one on, and what fell in it. */
function run(steps: readonly string[]) {
  const result = replay(provisioning, steps, { constants });
  if (result.verdict !== 'replayed') throw new Error(result.what);
  const { initial, steps: taken } = result.trace;
  const states = [initial, ...taken.map(({ state }) => state)] as unknown as State[];
  return { states, fallen: result.violations.map(({ property }) => property).sort() };
}

/** What the report says, or implies, at one of its steps. */
function values(state: State) {
  const { instances, rows, collections, registrations, handlers } = state;
  return {
    gen: instances.get('I1')?.gen,
    vmm: instances.get('I1')?.vmm,
    row: rows.has('I1'),
    counters: ['P1', 'silo', 'fleet'].map((id) => collections.get(id as 'silo')?.ram),
    sled: registrations.get('V1')?.gen,
    lock: registrations.get('V1')?.lock,
    message: handlers.get('V1')?.gen,
  };
}

describe('the report’s twenty steps', () => {
  const { states, fallen } = run(parseSteps(twenty));
  /** The state after the last line that carries a number of the report. */
  const after = (number: number) => {
    const lines = twenty.split('\n').filter((line) => /^\w/.test(line));
    const last = lines.findLastIndex((line) => {
      const numbers = /#\s*(\d+(?:, \d+)*)/.exec(line)?.[1] ?? '';
      return numbers.split(',').map(Number).includes(number);
    });
    return values(states[last + 1] as State);
  };
  const none = { row: false, counters: [0, 0, 0] };
  const charged = { row: true, counters: [1, 1, 1] };

  it.each<[number, object]>([
    [1, { gen: 2, vmm: 'none', ...none }],
    [2, { gen: 2, vmm: 'none', ...none }],
    [3, { gen: 3, vmm: 'V1', ...none }],
    [4, { gen: 3, sled: 3, lock: 'none', ...none }],
    [5, { gen: 3, ...charged }],
    [6, { gen: 3, ...charged }],
    [7, { lock: 'T2', ...charged }],
    [8, { lock: 'T2', ...charged }],
    [9, { gen: 3, lock: 'T2', ...none }],
    [10, { lock: 'T2', ...none }],
    [11, { lock: 'T2', ...none }],
    [12, { lock: 'T2', sled: 3, ...none }],
    [13, { lock: 'none', sled: 5, gen: 3, vmm: 'V1', ...none }],
    [14, { gen: 4, vmm: 'none', ...none }],
    [15, { gen: 5, vmm: 'V2', ...none }],
    [16, { gen: 5, vmm: 'V2', ...charged }],
    [17, { lock: 'T4', message: 5, ...charged }],
    [18, { lock: 'T4', message: 5, ...charged }],
    [19, { gen: 5, message: 5, ...charged }],
    [20, { gen: 5, vmm: 'V2', row: true, counters: [0, 0, 0] }],
  ])('%i', (number, expected) => {
    expect(after(number)).toMatchObject(expected);
  });

  it('lead to a counter that no row accounts for', () => {
    expect(fallen).toEqual(['countersMatchRows', 'deleteIsIdempotent']);
  });
});

it('after them an ordinary stop meets the error, once', () => {
  const { states, fallen } = run([...parseSteps(twenty), ...parseSteps(ordinaryStop)]);
  const met = states.findIndex((s) => s.handlers.get('V2')?.at === 'byteCount');
  expect(values(states[met] as State)).toMatchObject({ gen: 5, row: false, counters: [-1, -1, -1] });
  expect(values(states.at(-1) as State)).toMatchObject({ gen: 7, row: false, counters: [-1, -1, -1] });
  expect(fallen).toEqual([
    ...['countersMatchRows', 'countersNeverNegative', 'deleteIsIdempotent', 'noByteCountError'],
    'nothingLeaksAtRest',
  ]);
});

it('the checker’s shortest run is the report’s but for the sled of the second start', async () => {
  const result = await check(provisioning, { constants, properties: ['countersMatchRows'] });
  if (result.verdict !== 'violated') throw new Error(result.verdict);
  const shortest = result.violations[0].trace?.steps.map((step) => `${step.action}${saga(step.parameters)}`);
  const reported = parseSteps(twenty).map((label) =>
    label.replace(/, sled: S\d/, '').replace(/\((?:saga|vmm|delivery): (\w+)\)/, ' $1'),
  );
  expect(shortest).toEqual(reported);
  expect(result.violations[0].trace?.steps[14]?.parameters).toEqual({ saga: 'A2', sled: 'S1' });

  function saga(parameters: { readonly [name: string]: unknown }): string {
    return ` ${String(Object.values(parameters)[0])}`;
  }
});
