import type { Validation, Witness } from '../validate/validation';
import { JSON_VERSION, jsonFault } from './json';
import { jsonStep, jsonTrace } from './jsonTrace';
import { jsonConstants, jsonFields, type Json } from './jsonValue';
import type { ValidationReportOptions } from './validationOptions';

/**
 * A validation as one JSON object: `{"everystate": 1, "spec", "variant", "constants", "verdict", "events", …}`. Its
 * `trace` is a run in which a step that shows an event has `event` (from 1), `line` (of the file) and `observed`;
 * `everystate replay --trace` takes it.
 */
export function validationJson(
  validation: Validation,
  options: ValidationReportOptions,
): { [key: string]: Json } {
  return {
    everystate: JSON_VERSION,
    spec: validation.spec,
    variant: validation.variant,
    constants: jsonConstants(validation.constants),
    overridden: jsonConstants(validation.overridden),
    verdict: validation.verdict,
    events: validation.events,
    ignored: [...validation.ignored],
    bounds: { ...validation.bounds },
    ...detailsOf(validation, options),
    statistics: { ...validation.statistics },
  };
}

function detailsOf(validation: Validation, options: ValidationReportOptions): { [key: string]: Json } {
  switch (validation.verdict) {
    case 'broken':
      return jsonFault(validation, options);
    case 'explained':
      return { explained: validation.events, trace: jsonWitness(validation.witness, options) };
    case 'incomplete': {
      const { limit, bound, explained, witness } = validation;
      return { limit, bound, explained, trace: jsonWitness(witness, options) };
    }
    case 'unexplained': {
      const { explained, refused, stateCount, states, allowedCount, allowed, witness } = validation;
      return {
        explained,
        refused: { event: explained + 1, ...lineOf(explained + 1, options), observed: { ...refused } },
        stateCount,
        states: states.map(jsonFields),
        allowedCount,
        allowed: allowed.map(({ event, actions, agrees, differs }) => ({
          observed: { ...event },
          actions: [...actions],
          agrees: [...agrees],
          differs: [...differs],
        })),
        trace: jsonWitness(witness, options),
      };
    }
  }
}

function jsonWitness(witness: Witness, options: ValidationReportOptions): Json {
  return {
    ...jsonTrace(witness),
    steps: witness.steps.map((step) => ({
      ...jsonStep(step),
      ...(step.event !== undefined && { event: step.event, ...lineOf(step.event, options) }),
      ...(step.observed && { observed: { ...step.observed } }),
    })),
  };
}

function lineOf(event: number, { lines }: ValidationReportOptions): { line?: number } {
  const line = lines?.[event - 1];
  return line === undefined ? {} : { line };
}
