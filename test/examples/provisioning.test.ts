import { check, type Spec } from 'everystate';
import provisioning, * as variants from '../../examples/provisioning';

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
