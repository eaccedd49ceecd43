import type { FaultDetails, Place } from '../model/fault';
import { isPropertyKind } from '../model/propertyKinds';
import type { Broken } from '../result';
import { callText } from '../trace/label';
import { coloursOf, type Colours } from './colours';
import { userFrames } from './frames';
import { labelled, wrap } from './layout';
import type { ReportOptions } from './options';
import { traceLines } from './textTrace';

/** The run to where the spec is at fault, then the place, what happened, and what to do about it. */
export function brokenLines(
  result: Pick<Broken, 'place' | 'what' | 'advice' | 'cause' | 'trace'>,
  options: ReportOptions,
  colours: Colours,
): string[] {
  const { place, what, advice, cause, trace } = result;
  const frames = userFrames(cause, options.directory);
  return [
    ...(trace === undefined ? [] : [...traceLines(trace, colours), '']),
    ...labelled('broken', wrap(`${placeText(place)}: ${what}`, 0, 0), (t) => colours.bold(colours.red(t))),
    ...(frames.length > 0 ? labelled('where', frames, colours.cyan) : []),
    ...labelled('what to do', wrap(advice, 0, 0), colours.cyan),
  ];
}

/** A fault that ended something other than a search. */
export function brokenText(fault: FaultDetails, options: ReportOptions = {}): string {
  return [...brokenLines(fault, options, coloursOf(options)), ''].join('\n');
}

/** `effect of receive(message: m1)`, `invariant inside(id: a)`, `init`. */
export function placeText({ part, name, parameters }: Place): string {
  if (name === '') return part;
  // A property's name is its own; of other parts it is the name of what they are parts of.
  return `${part}${isPropertyKind(part) ? '' : ' of'} ${callText(name, parameters ?? {})}`;
}
