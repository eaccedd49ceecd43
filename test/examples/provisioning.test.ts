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

it('the incident as logged: a first delivery does no harm, its retry does', () => {
  const first = [
    ...['start(saga: A1, sled: S1)', 'mark(saga: A1)', 'register(saga: A1)', 'charge(saga: A1)'],
    ...['askToRun(saga: A1)', 'runTakesLock(saga: A1)', 'timeOut(saga: A1)', 'undoCharge(saga: A1)'],
    ...['askToUnregister(saga: A1)', 'createVm(saga: A1)', 'monitorPolls(vmm: V1)', 'runDropsLock(saga: A1)'],
    ...['unregisterInstance(saga: A1)', 'monitorFindsNothing(vmm: V1)'],
    ...['handlerReads(delivery: V1)', 'handlerReleases(delivery: V1)', 'finishUnwinding(saga: A1)'],
    ...['start(saga: A2, sled: S2)', 'mark(saga: A2)', 'register(saga: A2)', 'charge(saga: A2)'],
    ...['metricsTimeOut(delivery: V1)', 'monitorRetries(vmm: V1)'],
  ];
  const books = (steps: readonly string[]) => {
    const run = replay(provisioning, steps, { constants: { ...alone, retry: true } });
    if (run.verdict !== 'replayed') throw new Error(run.what);
    const { collections, rows } = run.trace.steps.at(-1)?.state as unknown as State;
    return { ram: collections.get('P1')?.ram, rows: [...rows.keys()] };
  };
  expect(books(first)).toEqual({ ram: 1, rows: ['I1'] });
  expect(books([...first, 'handlerReads(delivery: V1)', 'handlerReleases(delivery: V1)'])).toEqual({
    ram: 0,
    rows: ['I1'],
  });
});
