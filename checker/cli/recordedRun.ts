import type { Constant } from '../../spec/index';
import { UsageError, unknownName } from '../model/usageError';
import { constantsFromJson, listed } from '../report/index';

/** A run to take again, and what it was recorded with. */
export interface RecordedRun {
  readonly steps: readonly string[];
  /** Which initial state, from 1. */
  readonly start: number;
  readonly variant?: string | undefined;
  readonly constants?: { readonly [name: string]: Constant };
}

/** The parts of a report's JSON that a replay needs; nothing of it is known to be there. */
interface Recorded {
  readonly everystate?: unknown;
  readonly variant?: string | null;
  readonly overridden?: { readonly [name: string]: unknown };
  readonly trace?: RecordedTrace;
  readonly violations?: readonly { readonly property: string; readonly trace?: RecordedTrace }[];
  readonly reached?: { readonly [property: string]: RecordedTrace };
}
interface RecordedTrace {
  readonly start?: number;
  readonly steps: readonly { readonly label: string }[];
}

/**
 * Reads the run in a report that `--format json` wrote: the one to `property`, else the first violation's, else the only one there is.
 * Throws `UsageError` where there is none.
 */
export function recordedRun(content: string, file: string, property: string | undefined): RecordedRun {
  const recorded = parse(content, file);
  const traces: { [property: string]: RecordedTrace } = { ...recorded.reached };
  for (const { property: name, trace } of recorded.violations ?? []) if (trace) traces[name] = trace;
  if (property !== undefined && !Object.hasOwn(traces, property))
    throw unknownName('run to property', property, Object.keys(traces), file);
  const first = recorded.violations?.find(({ trace }) => trace !== undefined)?.trace;
  const [reached, another] = Object.values(recorded.reached ?? {});
  const only = another === undefined ? reached : undefined;
  const trace = property === undefined ? (first ?? recorded.trace ?? only) : traces[property];
  if (!Array.isArray(trace?.steps))
    throw new UsageError(
      another === undefined
        ? `${file} records no run: its verdict has no counterexample to take again`
        : `${file} has no counterexample, but runs to ${listed(Object.keys(traces))}; say which to take: --property NAME`,
    );
  return {
    steps: trace.steps.map(({ label }) => label),
    start: trace.start ?? 1,
    variant: recorded.variant ?? undefined,
    constants: constantsFromJson(recorded.overridden ?? {}),
  };
}

function parse(content: string, file: string): Recorded {
  try {
    const recorded = JSON.parse(content) as Recorded | null;
    if (recorded?.everystate !== undefined) return recorded;
  } catch {
    // Said below: to the user, broken JSON and foreign JSON are the same mistake.
  }
  throw new UsageError(
    `${file} is no report of everystate; write one with check … --format json --out ${file}`,
  );
}
