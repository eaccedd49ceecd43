import type { Change } from '../trace/diff';
import type { Trace, TraceStep } from '../trace/trace';
import { jsonFields, jsonOf, type Json } from './jsonValue';

/** A run as data. `steps[i].label` is what `everystate replay` reads. */
export function jsonTrace(trace: Trace): { [key: string]: Json } {
  return {
    start: trace.start,
    length: trace.length,
    initial: jsonFields(trace.initial),
    steps: trace.steps.map(jsonStep),
  };
}

export function jsonStep(step: TraceStep): { [key: string]: Json } {
  return {
    number: step.number,
    action: step.action,
    parameters: jsonFields(step.parameters),
    ...(step.choice !== undefined && { choice: step.choice }),
    label: step.label,
    ...(step.says !== undefined && { says: step.says }),
    changes: step.changes.map(jsonChange),
    state: jsonFields(step.state),
  };
}

function jsonChange(change: Change): Json {
  return {
    path: change.path,
    ...('before' in change && { before: jsonOf(change.before) }),
    ...('after' in change && { after: jsonOf(change.after) }),
  };
}
