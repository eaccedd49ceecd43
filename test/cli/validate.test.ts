import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTER, Folder, ROOT } from './everystate';

const LOG = `{"time":"2024-02-09T17:43:27.411Z","event":"sent","message":"m1"}
{"time":"2024-02-09T17:43:27.412Z","event":"received","message":"m1"}

{"time":"2024-02-09T17:43:27.412Z","event":"received","message":"m1"}
`;
const folder = new Folder({
  'channel.ts': readFileSync(join(ROOT, 'test/validate/channel.ts'), 'utf8'),
  'counter.ts': COUNTER,
  'log.ndjson': LOG,
  'empty.ndjson': '\n\n',
});
afterAll(() => folder.remove());

const validate = (...args: string[]) => folder.run('validate', 'channel.ts', '--spec', 'channel', ...args);
const withLog = (content: string, ...args: string[]) => {
  writeFileSync(join(folder.path, 'given.ndjson'), content);
  return validate('--log', 'given.ndjson', ...args);
};
const untimed = (text: string) => text.replace(/\d+\.\d\d s/, '0.00 s');

describe('everystate validate', () => {
  it('0: explained, with the lines of the log beside their steps', () => {
    const { code, out, err } = validate('--log', 'log.ndjson');
    expect(untimed(out)).toBe(`channel

  0  initially
       queue: [] · sent: 0
  1  send
     line 1 │ time: "2024-02-09T17:43:27.411Z" · event: sent · message: m1
       queue: [] → [m1]
       sent: 0 → 1
  2  double
       queue: [m1] → [m1, m1]
  3  receive
     line 2 │ time: "2024-02-09T17:43:27.412Z" · event: received · message: m1
       queue: [m1, m1] → [m1]
  4  receive
     line 4 │ time: "2024-02-09T17:43:27.412Z" · event: received · message: m1
       queue: [m1] → []

explained   3 events, by a run of 4 steps
            9 states visited · 4 at most between two events · 0.00 s
`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('1: unexplained, with what the log says, what the spec allowed, and where', () => {
    const { code, out } = validate('--log', 'log.ndjson', '--variant', 'reliable');
    expect(untimed(out)).toContain(`
log says    line 4 │ time: "2024-02-09T17:43:27.412Z" · event: received · message: m1
spec says   event: sent · message: m2 · size: 1 by send

the system is then in one state:
    queue: [] · sent: 1

unexplained line 4: no behavior of the spec shows it after the 2 events before it
            3 states visited · 1 at most between two events · 0.00 s
`);
    expect(code).toBe(1);
  });

  it('names the fields in which the nearest event differs', () => {
    const { out } = withLog('{"event":"sent","message":"m2"}\n');
    expect(out).toContain('spec says   event: sent · message: m1 · size: 1 by send (message: m1, not m2)\n');
    expect(withLog('{"event":"sent","massage":"m1"}').out).toContain('by send (no massage)');
  });

  it('3: incomplete', () => {
    const { code, out } = validate('--log', 'log.ndjson', '--max-states', '2');
    expect(out).toContain('incomplete  the limit of 2 states was reached\n');
    expect(out).toContain('raise --max-states 20');
    expect(code).toBe(3);
    expect(withLog('{"message":"m3"}', '--max-hidden', '1', '-c', 'N=1').code).toBe(1);
    expect(withLog('{"event":"sent"}\n{"message":"m3"}', '--max-hidden', '1').out).toContain(
      'no explanation with at most 1 hidden step between two events',
    );
  });

  it('4: broken', () => {
    const broken = readFileSync(join(folder.path, 'channel.ts'), 'utf8').replace(
      'observed: () => undefined',
      "observed: () => 'lost' as never",
    );
    writeFileSync(join(folder.path, 'broken.ts'), broken);
    const { code, out } = folder.run('validate', 'broken.ts', '--spec', 'channel', '--log', 'log.ndjson');
    expect(out).toContain('observed of lose: it returned "lost" in place of an event');
    expect(code).toBe(4);
  });

  it('ignores fields on demand', () => {
    const log = '{"event":"sent","host":"a","pid":7}';
    expect(withLog(log).code).toBe(1);
    expect(withLog(log, '--ignore', 'host,pid').code).toBe(0);
  });

  it('writes one JSON object, which replay takes', () => {
    const { code, out } = validate('--log', 'log.ndjson', '--format', 'json');
    const report = JSON.parse(out) as {
      trace: { steps: { event?: number; line?: number; observed?: object }[] };
    };
    expect(report).toMatchObject({
      everystate: 1,
      spec: 'channel',
      variant: null,
      verdict: 'explained',
      events: 3,
      explained: 3,
    });
    expect(report.trace.steps.map(({ event, line, observed }) => [event, line, observed])).toEqual([
      [1, 1, { event: 'sent', message: 'm1', size: 1 }],
      [undefined, undefined, undefined],
      [2, 2, { event: 'received', message: 'm1' }],
      [3, 4, { event: 'received', message: 'm1' }],
    ]);
    expect(code).toBe(0);
    writeFileSync(join(folder.path, 'out.json'), out);
    const again = folder.run('replay', 'channel.ts', '--spec', 'channel', '--trace', 'out.json');
    expect(again.out).toContain('4 steps, and no property falls in them');
  });

  it('says in JSON where a log went wrong', () => {
    const { out } = validate('--log', 'log.ndjson', '--variant', 'reliable', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'unexplained',
      variant: 'reliable',
      explained: 2,
      refused: { event: 3, line: 4, observed: { event: 'received', message: 'm1' } },
      stateCount: 1,
      states: [{ queue: [], sent: 1 }],
      allowedCount: 1,
      allowed: [{ observed: { event: 'sent', message: 'm2', size: 1 }, actions: ['send'], agrees: [] }],
    });
  });
});

describe('exit code 2', () => {
  it.each([
    [
      'no JSON',
      '{"event":"sent"}\nsent m1\n',
      '--log given.ndjson, line 2 is no JSON: sent m1; write one JSON',
    ],
    ['half an object', '{"event":', 'line 1 is no JSON: {"event":;'],
    ['a list', '["sent"]', 'line 1 is a list, not an event'],
    ['null', '{"event":"sent"}\nnull', 'line 2 is null, not an event'],
    ['text', '"sent"', 'line 1 is "sent", not an event'],
    ['a nested field', '\n{"event":{"kind":"sent"}}', "line 2: field 'event' is an object; give text"],
    [
      'times out of order',
      '{"time":"2024-02-09T17:43:28Z"}\n{"time":"2024-02-09T17:43:27.9Z"}',
      'line 2: its time "2024-02-09T17:43:27.9Z" is before "2024-02-09T17:43:28Z" of line 1',
    ],
    [
      'numbers out of order',
      '{"time":2}\n{"time":2}\n{"time":1}',
      'line 3: its time 1 is before 2 of line 2',
    ],
  ])('%s', (_what, content, message) => {
    const { code, out, err } = withLog(content);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n').length).toBe(1);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    ['validate channel.ts --spec channel', 'validate needs the events that were observed: --log FILE'],
    ['validate channel.ts --spec channel --log none.ndjson', '--log none.ndjson: there is no such file'],
    ['validate channel.ts --spec channel --log empty.ndjson', '--log empty.ndjson holds no event'],
    ['validate counter.ts --log log.ndjson', 'says of no action what can be observed of it'],
    [
      'validate channel.ts --spec channel --log log.ndjson --max-hidden x',
      '--max-hidden must be a whole number',
    ],
  ])('everystate %s', (line, message) => {
    const { code, out, err } = folder.run(...line.split(' '));
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
