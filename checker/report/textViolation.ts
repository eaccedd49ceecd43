import { propertyKind } from '../model/propertyKinds';
import type { Violation } from '../result';
import { callText } from '../trace/label';
import type { Colours } from './colours';
import { wrap } from './layout';
import type { ReportOptions } from './options';
import { counted } from './phrase';
import { readingTexts } from './textReading';
import { stateLines, traceLines } from './textTrace';

/** The run to a violation, then what fell in its last state, and what the property saw there. */
export function violationLines(violation: Violation, options: ReportOptions, colours: Colours): string[] {
  const { kind, trace } = violation;
  const name = colours.bold(colours.red(violationName(violation)));
  const lines = trace === undefined ? [] : [...traceLines(trace, colours), ''];
  if (kind === 'deadlock')
    return [
      ...lines,
      `${name}: no action is enabled here, and the state is not final`,
      ...(trace === undefined ? [] : stateLines(trace.steps.at(-1)?.state ?? trace.initial, 6, colours)),
      ...wrap(
        `a state where the system may rightly rest is named by the spec's \`final\`; ${options.advise === 'command' ? '--no-deadlock' : 'deadlock: false'} looks for no deadlocks at all`,
        2,
        0,
      ),
    ];
  return [
    ...lines,
    propertyKind(kind).fell(name),
    ...(violation.says === undefined ? [] : wrap(violation.says, 2, 0)),
    ...readingTexts(violation.reads).flatMap((text) => wrap(text, 6)),
  ];
}

/** `consistent(one: rm1, other: rm2)`. */
export function violationName(violation: Violation): string {
  return callText(violation.property, violation.parameters ?? {});
}

/** `invariant notFour, after 6 steps`. */
export function violationHeadline(violation: Violation): string {
  const { kind, trace } = violation;
  const what = kind === 'deadlock' ? 'deadlock' : `${kind} ${violationName(violation)}`;
  if (trace === undefined) return `${what}, in no state`;
  const steps = trace.steps.length;
  return `${what}, ${steps === 0 ? 'in an initial state' : `after ${counted(steps, 'step')}`}`;
}
