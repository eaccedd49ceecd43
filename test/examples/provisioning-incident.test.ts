import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate, variant, type Action, type Event, type Spec, type Validation } from 'everystate';
import unfixed, { F1 } from '../../examples/provisioning/incident/incident';
import type { State } from '../../examples/provisioning/state';

const folder = join(__dirname, '../../examples/provisioning');
const log = readFileSync(join(folder, 'incident/events.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Event);

const timeOf = (event: Event) => String(event['time']).slice(11, 23);
const at = (time: string) => {
  const found = log.findIndex((event) => timeOf(event) === time);
  if (found < 0) throw new Error(`no event at ${time}`);
  return found;
};
/** The log with one line told otherwise. */
const changed = (time: string, to: (event: Event) => Event) =>
  log.map((event, i) => (i === at(time) ? to(event) : event));
/** The log with somebody looking at the project's row just before a line. */
const withLook = (time: string, cpus: number) => {
  const look = { time: '', event: 'table row', collection: 'ea038803', cpus };
  return [...log.slice(0, at(time)), look, ...log.slice(at(time))];
};

async function refusal(spec: Spec, events: readonly Event[]): Promise<string> {
  const result: Validation = await validate(spec, events);
  if (result.verdict !== 'unexplained') throw new Error(result.verdict);
  return `${result.explained}: ${timeOf(result.refused)}`;
}

describe('the log of 2024-02-09', () => {
  it('is explained by the system as it was, with a silent decrement by the retried delivery', async () => {
    const result = await validate(unfixed, log);
    if (result.verdict !== 'explained') throw new Error(result.verdict);
    const { steps } = result.witness;
    const shown = (time: string) => steps.findIndex((step) => step.event === at(time) + 1);
    const between = steps.slice(shown('17:43:43.424') + 1, shown('17:43:43.459'));
    expect(between.map(({ says }) => says)).toEqual([
      'Nexus releases I1 for V1: DELETE(max 5) at generation 5: the row stays, yet the counters go down',
      "Nexus drops I1's metrics producer, if any",
    ]);
    expect(between[0]).toMatchObject({ action: 'handlerReleases', parameters: { delivery: 'V1' } });
    const cpus = (i: number) => (steps[i]?.state as unknown as State).collections.get('P1')?.ram;
    expect([cpus(shown('17:43:43.424')), cpus(shown('17:43:43.459'))]).toEqual([16, 0]);

    // The case study prints the middle of this very run.
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const printed = steps.slice(shown('17:43:28.197'), shown('17:43:43.459') + 1);
    const lines = printed.map(({ event, says }) => {
      const time = event === undefined ? '' : timeOf(log[event - 1] as Event);
      return `${time.padEnd(14)}${says}`;
    });
    expect(readme).toContain(lines.join('\n'));
  });

  it('leaves no other time for it: whoever had looked would have seen 16, then 0', async () => {
    expect((await validate(unfixed, withLook('17:43:43.424', 16))).verdict).toBe('explained');
    expect((await validate(unfixed, withLook('17:44:26.757', 0))).verdict).toBe('explained');
    // Had it read 0 before, A2 would have undone its charge, and could not succeed afterwards.
    expect(await refusal(unfixed, withLook('17:43:43.424', 0))).toBe('12: 17:44:26.792');
    expect(await refusal(unfixed, withLook('17:44:26.757', 16))).toBe(`${at('17:44:26.757')}: `);
  });

  it('cannot be explained if the stale message had carried generation 3', async () => {
    const to = (event: Event) => ({ ...event, gen: 3 });
    expect(await refusal(unfixed, changed('17:43:27.411', to))).toBe('2: 17:43:27.411');
    expect(await refusal(unfixed, changed('17:43:43.424', to))).toBe('8: 17:43:43.424');
  });

  it('cannot be explained if the error had come at 17:43:43', async () => {
    const to = ({ time, instance }: Event) =>
      ({ time, event: '500', instance, cause: 'byte count' }) as Event;
    expect(await refusal(unfixed, changed('17:43:43.260', to))).toBe('7: 17:43:43.260');
    // At .459 it could have, by both deliveries' DELETE after the charge, but the rest of the day could not.
    expect(await refusal(unfixed, changed('17:43:43.459', to))).toBe('13: 17:50:01.483');
  });

  it('is a log of the fixed system too, up to the error', async () => {
    expect(await refusal(F1, log)).toBe('17: 17:50:59.232');
    expect((await validate(F1, log.slice(0, 17))).verdict).toBe('explained');
  });

  it('ends at −8 by a charge that failed after its effect, and not otherwise', async () => {
    const withoutTesting = log.filter(({ instance }) => instance !== '3e031726');
    expect(await refusal(unfixed, withoutTesting)).toBe('22: 21:05:28.359');

    /** The failed charge is rolled back. */
    const rolledBack = variant(unfixed, 'rolled back', {
      actions: (_constants, _rules, { charge }: { readonly charge: Action<State> }) => ({
        charge: {
          ...charge,
          effect: (s: State, parameters: { saga: 'A1' }) => {
            const change = charge.effect(s, parameters) as Pick<State, 'sagas'>;
            return change.sagas.get(parameters.saga)?.at === 'chargeFailed'
              ? { sagas: change.sagas }
              : change;
          },
        },
      }),
    });
    expect(await refusal(rolledBack, log)).toBe('23: 21:05:28.359');
  });
});

describe('extract.mjs', () => {
  /** A report in the form of the one it was made for, with other facts in it. */
  const report = [
    'id | time_modified | collection_type | virtual_disk_bytes_provisioned | cpus_provisioned | ram_provisioned',
    'cccccccc-0 | 2024-01-01 12:00:05.5+00 | Project | 7 | -4 | -5',
    'name | aaaaaaaa-0 | 4 | 2024-01-01 12:00:00+00 | 9b76e3f6-0 | 2024-01-01 12:00:01+00 | 2024-01-01 12:00:04.25+00',
    '17:{"msg":"received new runtime state from sled agent","time":"2024-02-09T12:00:02.000000002Z","vmm_state":"VmmRuntimeState { state: Destroyed, gen: Generation(2), time_updated: x }","propolis_id":"9b76e3f6-0","instance_state":"InstanceRuntimeState { propolis_id: None, dst_propolis_id: None, gen: Generation(5) }","instance_id":"aaaaaaaa-0"}',
    '18:{"msg":"request completed","time":"2024-02-09T12:00:03Z","uri":"/instances/aaaaaaaa-0","error_message_internal":"failed to delete producer from collector: x","response_code":"500"}',
    '12:00:02.500Z INFO x (ServerContext): start saga: unregistering instance from sled',
    'instance_id = aaaaaaaa-0',
    'saga_id = dddddddd-0',
    'sled_id = eeeeeeee-0',
  ].join('\n');

  it('finds the events in the order of their times', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'provisioning-'));
    try {
      writeFileSync(join(scratch, 'report.txt'), report);
      const script = join(folder, 'incident/extract.mjs');
      const text = execFileSync(process.execPath, [script, join(scratch, 'report.txt')], {
        encoding: 'utf8',
      });
      expect(
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual([
        { time: '2024-01-01T12:00:01Z', event: 'vmm created', instance: 'aaaaaaaa', vmm: '9b76e3f6' },
        { time: '2024-01-01T12:00:04.25Z', event: 'vmm destroyed', instance: 'aaaaaaaa', vmm: '9b76e3f6' },
        { time: '2024-01-01T12:00:05.5Z', event: 'table row', collection: 'cccccccc', cpus: -4, ram: -5 },
        {
          ...{ time: '2024-02-09T12:00:02.000000002Z', event: 'received', instance: 'aaaaaaaa' },
          ...{ vmm: '9b76e3f6', vmmState: 'Destroyed', vmmGen: 2, gen: 5, propolis: null },
        },
        {
          ...{ time: '2024-02-09T12:00:02.500Z', event: 'unregistering', saga: 'dddddddd' },
          ...{ instance: 'aaaaaaaa', sled: 'eeeeeeee' },
        },
        { time: '2024-02-09T12:00:03Z', event: '500', instance: 'aaaaaaaa', cause: 'metrics' },
      ]);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
