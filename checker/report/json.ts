import type { Statistics } from '../exploration';
import type { Reading } from '../property/reads';
import type { Broken, Result, Violation } from '../result';
import { thrownText } from '../value/thrown';
import { userFrames } from './frames';
import { jsonTrace } from './jsonTrace';
import { jsonConstants, jsonFields, jsonOf, type Json } from './jsonValue';
import type { ReportOptions } from './options';
import { replayCommand } from './replayCommand';

/** The version of the object's shape: raised where a key is dropped or changes its meaning, not where one is added. */
export const JSON_VERSION = 1;

/**
 * A result as one JSON object: `{"everystate": 1, "spec", "variant", "constants", "verdict", …}`, the keys
 * of `Result` with values encoded as `jsonOf` says. Documented in the README.
 */
export function reportJson(result: Result, options: ReportOptions = {}): { [key: string]: Json } {
  return {
    everystate: JSON_VERSION,
    spec: result.spec,
    variant: result.variant,
    constants: jsonConstants(result.constants),
    overridden: jsonConstants(result.overridden),
    verdict: result.verdict,
    ...detailsOf(result, options),
    properties: [...result.properties],
    unchecked: [...result.unchecked],
    deadlock: result.deadlock,
    bounds: { ...result.bounds },
    reached: Object.fromEntries(
      Object.entries(result.reached).map(([name, trace]) => [name, jsonTrace(trace)]),
    ),
    statistics: statisticsJson(result.statistics),
  };
}

function detailsOf(result: Result, options: ReportOptions): { [key: string]: Json } {
  switch (result.verdict) {
    case 'holds':
      return {};
    case 'violated':
      return {
        exhausted: result.exhausted,
        ...(result.limit !== undefined && { limit: result.limit, bound: result.bound ?? null }),
        violations: result.violations.map((violation) => jsonViolation(violation, options)),
      };
    case 'incomplete':
      return { limit: result.limit, bound: result.bound };
    case 'broken':
      return {
        ...jsonFault(result, options),
        violations: result.violations.map((violation) => jsonViolation(violation, options)),
      };
  }
}

export function jsonViolation(violation: Violation, options: ReportOptions): { [key: string]: Json } {
  const { kind, property, parameters, says, reads, trace } = violation;
  return {
    kind,
    property,
    ...(parameters && { parameters: jsonFields(parameters) }),
    ...(says !== undefined && { says }),
    reads: reads.map(jsonReading),
    ...(trace && { trace: jsonTrace(trace) }),
    ...(trace && options.replay && { replay: replayCommand(options.replay, trace, property) }),
  };
}

function jsonReading({ path, value, read, before, member }: Reading): Json {
  return {
    path,
    ...(read !== undefined && { read }),
    ...(before !== undefined && { before: jsonOf(before) }),
    ...(value !== undefined && { value: jsonOf(value) }),
    ...(member !== undefined && { member: jsonOf(member) }),
  };
}

/** Where and how a spec is at fault; `cause.frames` lie in the user's own files. */
export function jsonFault(
  fault: Pick<Broken, 'place' | 'what' | 'advice' | 'cause' | 'trace'>,
  options: ReportOptions,
): { [key: string]: Json } {
  const { place, what, advice, trace } = fault;
  return {
    place: {
      part: place.part,
      name: place.name,
      ...(place.parameters && { parameters: jsonFields(place.parameters) }),
    },
    what,
    advice,
    ...('cause' in fault && {
      cause: { text: thrownText(fault.cause), frames: userFrames(fault.cause, options.directory) },
    }),
    ...(trace && { trace: jsonTrace(trace) }),
  };
}

function statisticsJson({ actions, learning, ...counts }: Statistics): { [key: string]: Json } {
  return {
    ...counts,
    actions: actions.map((count) => ({ ...count })),
    ...(learning && {
      learning: {
        ...learning,
        actions: learning.actions.map((part) => ({ ...part, reads: [...part.reads] })),
        properties: learning.properties.map((part) => ({ ...part, reads: [...part.reads] })),
      },
    }),
  };
}
