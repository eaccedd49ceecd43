// Makes the observed events of 2024-02-09 from the text of the report, which quotes logs of two kinds and two
// tables. Facts only: times, ids by their first part, generations, results.
//
//   node examples/provisioning/incident/extract.mjs REPORT.txt > events.ndjson
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The events of a report, in the order of their times. */
export function extract(report) {
  const events = [...notifications(report), ...sagaLines(report), ...vmms(report), ...tableRow(report)];
  // Times differ in precision, so compare them without the final Z.
  const key = ({ time }) => time.slice(0, -1);
  return events.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Nexus's log of what sleds notify it of: one JSON object a line, after the line's number. */
function notifications(report) {
  const lines = [...report.matchAll(/^\d+:(\{"msg".*\})$/gm)].map(([, json]) => JSON.parse(json));
  return lines.flatMap((line) => {
    const time = line.time;
    const instance = short(line.instance_id ?? line.uri?.replace('/instances/', ''));
    switch (line.msg) {
      case 'received new runtime state from sled agent': {
        const [, vmmState, vmmGen] = /state: (\w+), gen: Generation\((\d+)\)/.exec(line.vmm_state);
        const [, propolis] = /^\w+ \{ propolis_id: (?:None|Some\((\S+)\))/.exec(line.instance_state);
        const [, gen] = /gen: Generation\((\d+)\)/.exec(line.instance_state);
        const about = { time, event: 'received', instance, vmm: short(line.propolis_id) };
        return {
          ...about,
          vmmState,
          vmmGen: +vmmGen,
          gen: +gen,
          propolis: propolis ? short(propolis) : null,
        };
      }
      case 'request completed':
        return line.response_code === '500'
          ? { time, event: '500', instance, cause: causeOf(line.error_message_internal) }
          : [];
      case 'vmm is terminated, cleaning up resources':
        return { time, event: 'done', instance, vmm: short(line.propolis_id) };
      default:
        return [];
    }
  });
}

function causeOf(message) {
  if (message.includes('value is too small for a byte count')) return 'byte count';
  if (message.includes('failed to delete producer from collector')) return 'metrics';
  throw new Error(`no cause known for: ${message}`);
}

/** The start sagas' log: a line with time and message, then one `field = value` a line. */
function sagaLines(report) {
  const entries = report.split(/^(?=\d\d:\d\d:\d\d\.\d{3}Z )/m).slice(1);
  const events = [];
  let reply;
  for (const entry of entries) {
    const time = `2024-02-09T${entry.slice(0, 13)}`;
    const message = /\): (.*)$/m.exec(entry)?.[1];
    const field = (name) => new RegExp(`^${name} = (.*)$`, 'm').exec(entry)?.[1];
    const saga = () => ({
      saga: short(field('saga_id')),
      instance: short(field('instance_id')),
      sled: short(field('sled_id')),
    });
    if (message === 'start saga: ensuring instance is registered on sled')
      events.push({ time, event: 'registering', ...saga() });
    if (message === 'start saga: ensuring instance is running')
      events.push({ time, event: 'running', ...saga() });
    if (message === 'start saga: unregistering instance from sled')
      events.push({ time, event: 'unregistering', ...saga() });
    // The reply, and 5 ms later what came of writing it: one event.
    if (message === 'writing instance state returned from sled agent') {
      const state = field('new_state');
      const [, gen] = /instance_state: .*? gen: Generation\((\d+)\)/.exec(state);
      const [, vmmState, vmmGen] =
        /vmm_state: VmmRuntimeState \{ state: (\w+), gen: Generation\((\d+)\)/.exec(state);
      reply = { gen: +gen, vmmState, vmmGen: +vmmGen };
    }
    if (message === 'attempted to write instance state from sled agent') {
      const [, wroteInstance, wroteVmm] = /Ok\(\((\w+), (\w+)\)\)/.exec(field('result'));
      const about = { instance: short(field('instance_id')), vmm: short(field('propolis_id')) };
      const wrote = { wroteInstance: wroteInstance === 'true', wroteVmm: wroteVmm === 'true' };
      events.push({ time, event: 'reply', ...about, ...reply, ...wrote });
    }
  }
  return events;
}

/** Whose first and last times in the table of VMMs tell of a step that is in the model. */
const CREATED = ['9b76e3f6', '2ba1f42e', '047470f6', '1cea44bb'];
/** For a VMM that ended as asked the last time is the sled's; for these two it is that of their saga's undo. */
const DESTROYED = ['9b76e3f6', '1cea44bb'];

/** The table of the project's VMMs: name | instance | CPUs | its creation | VMM | creation | end. */
function vmms(report) {
  const rows = report.split('\n').map((line) => line.split(' | ').map((cell) => cell.trim()));
  return rows
    .filter((row) => row.length === 7 && CREATED.includes(short(row[4])))
    .flatMap(([, instance, , , vmm, created, destroyed]) => {
      const about = { instance: short(instance), vmm: short(vmm) };
      const first = { time: iso(created), event: 'vmm created', ...about };
      return DESTROYED.includes(about.vmm)
        ? [first, { time: iso(destroyed), event: 'vmm destroyed', ...about }]
        : [first];
    });
}

/** The project's row: id | time | type | disk | CPUs | RAM. It was read later, and has its last change's time. */
function tableRow(report) {
  const row = report
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find((cells) => cells.length === 6 && cells[2] === 'Project');
  if (row === undefined) throw new Error('the report has no row of the project');
  const [collection, time, , , cpus, ram] = row;
  return [{ time: iso(time), event: 'table row', collection: short(collection), cpus: +cpus, ram: +ram }];
}

function short(id) {
  return id.slice(0, 8);
}

function iso(time) {
  return time.replace(' ', 'T').replace('+00', 'Z');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , path] = process.argv;
  if (path === undefined) throw new Error('say which file is the report');
  for (const event of extract(readFileSync(path, 'utf8'))) console.log(JSON.stringify(event));
}
