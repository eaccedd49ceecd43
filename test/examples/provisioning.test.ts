import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, replay, type Spec } from 'everystate';
import provisioning, * as variants from '../../examples/provisioning';
import type { State } from '../../examples/provisioning/state';

const { F1, A, K, E } = variants;

/** Everything that falls, by name, with the number of states of the shortest run to it. */
async function falls(
  spec: Spec,
  constants: { readonly [name: string]: number | boolean } = {},
): Promise<{ [property: string]: number }> {
  const result = await check(spec, { constants, keepGoing: true });
  if (result.verdict === 'holds') return {};
  if (result.verdict !== 'violated' || !result.exhausted) throw new Error(`${spec.name}: ${result.verdict}`);
  return Object.fromEntries(result.violations.map(({ property, trace }) => [property, trace?.length ?? 0]));
}

/** Without the victims, which multiply the states by twelve and have no part in the race. */
const alone = { DISKS: 0, BYSTANDERS: 0 };

jest.setTimeout(120_000);

describe('base environment', () => {
  it('is the race: the counters are off after the 20 steps and Nexus’s release', async () => {
    const result = await check(provisioning, { keepGoing: true });
    if (result.verdict !== 'violated') throw new Error(result.verdict);
    const shortest = Object.fromEntries(result.violations.map((v) => [v.property, v.trace]));

    expect(Object.keys(shortest).sort()).toEqual([
      'countersMatchRows',
      'countersNeverNegative',
      'deleteIsIdempotent',
      'noByteCountError',
      'nothingLeaksAtRest',
    ]);
    expect(shortest.countersMatchRows?.length).toBe(22);
    expect(result.statistics.distinct).toBe(32_928);
    // In the order of the incident.
    expect(shortest.countersMatchRows?.steps.map((step) => step.action)).toEqual([
      ...['start', 'mark', 'register', 'charge', 'askToRun', 'runTakesLock', 'timeOut', 'undoCharge'],
      ...['askToUnregister', 'createVm', 'monitorPolls', 'runDropsLock', 'unregisterInstance'],
      ...['finishUnwinding', 'start', 'mark', 'register', 'charge'],
      ...['monitorFindsNothing', 'handlerReads', 'handlerReleases'],
    ]);
    expect(shortest.countersMatchRows?.steps.at(-1)?.says).toBe(
      'Nexus releases I1 for V1: DELETE(max 5) at generation 5: the row stays, yet the counters go down',
    );
    const readme = readFileSync(join(__dirname, '../../examples/provisioning/README.md'), 'utf8');
    for (const { says } of shortest.countersMatchRows?.steps ?? []) expect(readme).toContain(` ${says} `);
    for (const { says } of shortest.noByteCountError?.steps.slice(-4) ?? [])
      expect(readme).toContain(`${says}\n`);

    // The error comes later, and meets an instance that did nothing wrong.
    expect(shortest.noByteCountError?.steps.at(-1)?.parameters).toEqual({ delivery: 'W1' });
  });

  it('F1 holds everything', async () => {
    expect((await check(F1)).verdict).toBe('holds');
  });

  it.each([A, K])('$variantName holds everything', async (spec) => {
    expect(await falls(spec, { DISKS: 0 })).toEqual({});
  });

  it('E hides the damage: the counters are off, never negative', async () => {
    const fallen = await falls(E, { DISKS: 0 });
    expect(fallen).toHaveProperty('countersMatchRows', 22);
    expect(fallen).not.toHaveProperty('countersNeverNegative');
    expect(fallen).not.toHaveProperty('noByteCountError');
  });

  it('tells the variants apart', async () => {
    const row: { [variant: string]: string[] } = {};
    for (const spec of Object.values(variants)) {
      row[spec.variantName ?? 'unfixed'] = Object.keys(await falls(spec, alone)).sort();
    }
    expect(row).toMatchObject({
      F1: [],
      A: [],
      'A+F1': [],
      C3: [],
      D: [],
      K: [],
      M1: [],
      U: [],
      'B+F1': ['nothingLeaksAtRest'],
      C2: ['runningIsCharged'],
      E: ['countersMatchRows'],
      E2: ['countersMatchRows'],
      F: ['countersMatchRows', 'nothingLeaksAtRest', 'runningIsCharged'],
      G: ['runningIsCharged'],
      H: ['runningIsCharged'],
      I: ['nothingLeaksAtRest'],
      M: ['noOrphanVm', 'nothingLeaksAtRest', 'runningIsCharged'],
    });
    for (const variant of ['B', 'C']) expect(row[variant]).toContain('countersMatchRows');
  });
});

describe('halt: a VM dies while its saga waits or unwinds', () => {
  it('F1 holds everything', async () => {
    expect(await falls(F1, { halt: true, ...alone })).toEqual({});
  });

  it.each([A, K])('$variantName lets the counters drift', async (spec) => {
    const result = await check(spec, {
      constants: { halt: true, ...alone },
      properties: ['countersMatchRows'],
    });
    expect(result.verdict).toBe('violated');
  });
});

describe('stopDuringStart: the user stops an instance before the sled runs it', () => {
  it('F1 keeps its counters right but leaks', async () => {
    expect(Object.keys(await falls(F1, { stopDuringStart: true, ...alone }))).toEqual(['nothingLeaksAtRest']);
  });
});

it('counts per project: the race of one leaves the other alone', async () => {
  const result = await check(provisioning, {
    constants: { PROJECTS: 2, BYSTANDERS: 2, DISKS: 0 },
    properties: ['countersMatchRows'],
  });
  if (result.verdict !== 'violated') throw new Error(result.verdict);
  expect(result.violations[0].parameters).toEqual({ collection: 'P1' });
});

describe('guided runs', () => {
  const begun = ['start(saga: A1, sled: S1)', 'mark(saga: A1)', 'register(saga: A1)', 'charge(saga: A1)'];
  const undone = [
    'askToRun(saga: A1)',
    'runTakesLock(saga: A1)',
    'timeOut(saga: A1)',
    'undoCharge(saga: A1)',
  ];
  const seen = [
    'askToUnregister(saga: A1)',
    'createVm(saga: A1)',
    'monitorPolls(vmm: V1)',
    'runDropsLock(saga: A1)',
  ];
  const restarted = ['start(saga: A2, sled: S2)', 'mark(saga: A2)', 'register(saga: A2)', 'charge(saga: A2)'];
  const running = [
    'askToRun(saga: A2)',
    'runTakesLock(saga: A2)',
    'createVm(saga: A2)',
    'runDropsLock(saga: A2)',
  ];
  const delivered = (vmm: string) => [`handlerReads(delivery: ${vmm})`, `handlerReleases(delivery: ${vmm})`];

  /** The ram of every collection and the rows, and what fell on the way, after the given steps. */
  function books(steps: readonly string[], constants: { readonly [name: string]: boolean | number }) {
    const run = replay(provisioning, steps, { constants: { ...alone, ...constants } });
    if (run.verdict !== 'replayed') throw new Error(run.what);
    const { state } = run.trace.steps.at(-1) ?? { state: run.trace.initial };
    const { collections, rows, instances } = state as unknown as State;
    return {
      ram: ['P1', 'silo', 'fleet'].map((id) => collections.get(id as 'silo')?.ram),
      rows: [...rows.keys()],
      gen: instances.get('I1')?.gen,
      fallen: run.violations.map(({ property }) => property).sort(),
    };
  }

  it('the report’s twenty steps, then V2’s ordinary stop', () => {
    const twenty = [
      ...[...begun, ...undone, ...seen, 'unregisterInstance(saga: A1)', 'finishUnwinding(saga: A1)'],
      ...[...restarted, 'monitorFindsNothing(vmm: V1)', ...delivered('V1')],
    ];
    const broken = ['countersMatchRows', 'deleteIsIdempotent'];
    expect(books(twenty, {})).toEqual({ ram: [0, 0, 0], rows: ['I1'], gen: 5, fallen: broken });

    const stopped = [
      ...[...twenty, 'handlerWrites(delivery: V1)', ...running, 'succeed(saga: A2)'],
      ...[
        'monitorPolls(vmm: V2)',
        'monitorReportsRunning(vmm: V2)',
        'stop(vmm: V2)',
        'monitorReportsEnd(vmm: V2)',
      ],
      ...delivered('V2'),
    ];
    const felt = [...broken, 'countersNeverNegative', 'noByteCountError'].sort();
    expect(books(stopped, {})).toMatchObject({ ram: [-1, -1, -1], rows: [], gen: 5, fallen: felt });

    const again = [...stopped, 'monitorRetries(vmm: V2)', ...delivered('V2'), 'handlerWrites(delivery: V2)'];
    expect(books(again, {})).toMatchObject({ ram: [-1, -1, -1], rows: [], gen: 7 });
  });

  it('the incident as logged: a first delivery does no harm, its retry does', () => {
    const first = [
      ...[...begun, ...undone, ...seen, 'unregisterInstance(saga: A1)'],
      ...['monitorFindsNothing(vmm: V1)', ...delivered('V1'), 'finishUnwinding(saga: A1)'],
      ...[...restarted, 'metricsTimeOut(delivery: V1)', 'monitorRetries(vmm: V1)'],
    ];
    expect(books(first, { retry: true })).toEqual({ ram: [1, 1, 1], rows: ['I1'], gen: 5, fallen: [] });
    expect(books([...first, ...delivered('V1')], { retry: true })).toMatchObject({
      ram: [0, 0, 0],
      rows: ['I1'],
      gen: 5,
    });
  });
});
