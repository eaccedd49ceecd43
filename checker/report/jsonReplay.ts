import type { Replay } from '../replay';
import { JSON_VERSION, jsonFault, jsonViolation } from './json';
import { jsonTrace } from './jsonTrace';
import { jsonConstants, type Json } from './jsonValue';
import type { ReportOptions } from './options';

/** A replayed run as one JSON object, its keys as in `reportJson`; `reached` counts steps. */
export function replayJson(replay: Replay, options: ReportOptions = {}): { [key: string]: Json } {
  const common = {
    everystate: JSON_VERSION,
    spec: replay.spec,
    variant: replay.variant,
    constants: jsonConstants(replay.constants),
    overridden: jsonConstants(replay.overridden),
    verdict: replay.verdict,
    properties: [...replay.properties],
    unchecked: [...replay.unchecked],
    deadlock: replay.deadlock,
  };
  if (replay.verdict === 'broken') return { ...common, ...jsonFault(replay, options) };
  return {
    ...common,
    trace: jsonTrace(replay.trace),
    violations: replay.violations.map((violation) => jsonViolation(violation, options)),
    reached: { ...replay.reached },
  };
}
