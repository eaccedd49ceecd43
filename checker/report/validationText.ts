import type { Event } from '../../spec/index';
import { changeText, diff } from '../trace/diff';
import type { State } from '../model/model';
import type {
  AllowedEvent,
  Unexplained,
  Validation,
  ValidationIncomplete,
  ValidationStatistics,
  Witness,
} from '../validate/validation';
import { valueText } from '../value/text';
import { coloursOf, type Colours } from './colours';
import { fill, labelled, wrap } from './layout';
import { counted, duration } from './phrase';
import { grouped } from '../value/grouped';
import { titleOf } from './title';
import { brokenLines } from './textBroken';
import { initialLines, marginOf, stateLines, stepLines } from './textTrace';
import { eventName, type ValidationReportOptions } from './validationOptions';

/** How many of a run's last steps are shown where the run is not the point. */
const LAST_STEPS = 8;
const ALLOWED_SHOWN = 6;

/** A validation as people read it: the run with the log's lines in it, then the verdict. */
export function validationText(validation: Validation, options: ValidationReportOptions): string {
  const colours = coloursOf(options);
  return [titleOf(validation, colours), '', ...bodyOf(validation, options, colours), ''].join('\n');
}

function bodyOf(validation: Validation, options: ValidationReportOptions, colours: Colours): string[] {
  switch (validation.verdict) {
    case 'broken':
      return brokenLines(validation, options, colours);
    case 'explained':
      return [
        ...witnessLines(validation.witness, Infinity, options, colours),
        '',
        ...labelled(
          'explained',
          [explainedBy(validation.events, validation.witness), statisticsText(validation.statistics)],
          (t) => colours.bold(colours.green(t)),
        ),
      ];
    case 'unexplained':
      return unexplainedLines(validation, options, colours);
    case 'incomplete':
      return incompleteLines(validation, options, colours);
  }
}

/** `25 events, by a run of 61 steps`. */
function explainedBy(events: number, { steps }: Witness): string {
  return `${counted(events, 'event')}, by a run of ${counted(steps.length, 'step')}`;
}

function statisticsText({ states, widest, outside, seconds }: ValidationStatistics): string {
  return [
    `${counted(states, 'state')} visited`,
    `${grouped(widest)} at most between two events`,
    ...(outside > 0 ? [`${grouped(outside)} outside the constraint`] : []),
    duration(seconds),
  ].join(' · ');
}

/** A run, its last steps only where it is long, with the line of the log beside each step that shows one. */
function witnessLines(
  witness: Witness,
  most: number,
  options: ValidationReportOptions,
  colours: Colours,
): string[] {
  const width = marginOf(witness);
  const left = Math.max(0, witness.steps.length - most);
  return [
    ...(left === 0
      ? initialLines(witness, width, colours)
      : [`${' '.repeat(width)}  … ${counted(left, 'step')}`]),
    ...witness.steps.slice(left).flatMap((step) => {
      const line = step.event === undefined ? undefined : options.log[step.event - 1];
      const shown =
        line === undefined
          ? []
          : eventLines(`${eventName(step.event ?? 0, options)} │ `, line, '', width + 2).map(colours.cyan);
      return stepLines(step, width, colours, shown);
    }),
  ];
}

function unexplainedLines(
  validation: Unexplained,
  options: ValidationReportOptions,
  colours: Colours,
): string[] {
  const { explained, refused, witness, states, stateCount, statistics } = validation;
  return [
    ...witnessLines(witness, LAST_STEPS, options, colours),
    '',
    ...labelled(
      'log says',
      eventLines(`${eventName(explained + 1, options)} │ `, refused, '', 0),
      colours.bold,
    ),
    ...labelled('spec says', allowedLines(validation), colours.bold),
    '',
    ...statesLines(states, stateCount, colours),
    '',
    ...labelled(
      'unexplained',
      [
        `${eventName(explained + 1, options)}: no behavior of the spec shows it after the ${counted(explained, 'event')} before it`,
        statisticsText(statistics),
        ...(statistics.outside > 0
          ? ['states outside the constraint were not followed: the reason may lie there']
          : []),
      ],
      (t) => colours.bold(colours.red(t)),
    ),
  ];
}

/** What could have come next: the nearest events, and what of them the log has otherwise. */
function allowedLines({ allowed, allowedCount, refused }: Unexplained): string[] {
  if (allowed.length === 0) return ['shows nothing more from there on, whatever hidden steps are taken'];
  const shown = allowed.slice(0, ALLOWED_SHOWN);
  const more = allowedCount - shown.length;
  return [
    ...shown.flatMap((one) =>
      eventLines('', one.event, ` by ${one.actions.join(' or ')}${differing(one, refused)}`, 0),
    ),
    ...(more > 0 ? [`… and ${counted(more, 'event')} less like it`] : []),
  ];
}

/** ` (gen: 5, not 3)`; nothing where the two have nothing in common. */
function differing({ event, differs, agrees }: AllowedEvent, refused: Event): string {
  const parts = differs.map((field) =>
    Object.hasOwn(event, field)
      ? `${field}: ${valueText(event[field])}, not ${valueText(refused[field])}`
      : `no ${field}`,
  );
  return parts.length === 0 || agrees.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/** The first state in full, others by where they differ from it. */
function statesLines(states: readonly State[], count: number, colours: Colours): string[] {
  const [first, ...others] = states;
  if (first === undefined) return [];
  const head =
    count === 1
      ? 'the system is then in one state'
      : `the system could then be in ${counted(count, 'state')}`;
  return [
    `${head}${count > states.length ? `, ${states.length} of them` : ''}:`,
    ...stateLines(first, 4, colours),
    ...others.flatMap((other) => [
      '  or, compared with it',
      ...fill(diff(first, other).map(changeText), 4).map((line) =>
        line.startsWith(' ') ? line : `    ${line}`,
      ),
    ]),
  ];
}

function incompleteLines(
  validation: ValidationIncomplete,
  options: ValidationReportOptions,
  colours: Colours,
): string[] {
  const { explained, events, witness, statistics } = validation;
  return [
    ...witnessLines(witness, LAST_STEPS, options, colours),
    '',
    ...labelled(
      'incomplete',
      [
        reason(validation),
        `${grouped(explained)} of ${counted(events, 'event')} explained until then`,
        statisticsText(statistics),
      ],
      (t) => colours.bold(colours.yellow(t)),
    ),
    ...labelled('next', wrap(remedy(validation, options), 0, 0), colours.cyan),
  ];
}

function reason({ limit, bound }: ValidationIncomplete): string {
  switch (limit) {
    case 'states':
      return `the limit of ${counted(bound ?? 0, 'state')} was reached`;
    case 'hidden':
      return `no explanation with at most ${counted(bound ?? 0, 'hidden step')} between two events`;
    case 'seconds':
      return `the limit of ${counted(bound ?? 0, 'second')} was reached`;
    case 'memory':
      return 'memory ran out';
    case 'aborted':
      return 'it was interrupted';
  }
}

function remedy({ limit, bound }: ValidationIncomplete, { advise }: ValidationReportOptions): string {
  const command = advise === 'command';
  const [flag, option] = {
    states: ['--max-states', 'maxStates'],
    hidden: ['--max-hidden', 'maxHidden'],
    seconds: ['--max-seconds', 'maxSeconds'],
    memory: ['', ''],
    aborted: ['', ''],
  }[limit] as [string, string];
  if (limit === 'aborted') return 'let it run to the end to know';
  if (limit === 'memory')
    return "the search can't tell; let the spec show more of its steps, or give Node more memory (NODE_OPTIONS=--max-old-space-size=8000)";
  const raised = (bound ?? 0) * (limit === 'hidden' ? 2 : 10);
  return `the search can't tell; raise ${command ? `${flag} ${raised}` : `${option}: ${raised}`}, let the spec show more of its steps, or give it fewer that don't matter`;
}

/** An event's fields side by side, as a state's variables are, with what stands before and after them. */
function eventLines(before: string, event: Event, after: string, indent: number): string[] {
  const fields = Object.entries(event).map(([field, value]) => `${field}: ${valueText(value)}`);
  if (fields.length === 0) fields.push('(no field)');
  fields[0] = before + (fields[0] ?? '');
  fields[fields.length - 1] += after;
  return fill(fields, indent).map((line) => ' '.repeat(indent) + line.trimStart());
}
