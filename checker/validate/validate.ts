import type { Event, Spec } from '../../spec/index';
import type { CheckOptions } from '../check';
import { brokenBy, commonOf } from '../conclusion';
import { Heartbeat } from '../budget/heartbeat';
import { attended } from '../model/attended';
import { bind } from '../model/bind';
import { Evaluator } from '../model/evaluator';
import { Fault, NoAnswer } from '../model/fault';
import { requireOptions, shown, type OptionsOf } from '../model/given';
import type { Model } from '../model/model';
import { UsageError } from '../model/usageError';
import { requireEvent } from './logEvent';
import { comparedFields, differingFields } from './match';
import { STATES_SHOWN, Search, type Found, type ValidationProgress } from './search';
import type { AllowedEvent, Validation, ValidationBounds } from './validation';
import { witnessOf } from './witness';

const DEFAULT_MAX_STATES = 1_000_000;
const ALLOWED_SHOWN = 100;

/** How to look for an explanation. Every bound that ends the search early makes its result *incomplete*. */
export interface ValidateOptions<C = { readonly [name: string]: unknown }> extends Pick<
  CheckOptions<C>,
  'environment' | 'constants' | 'maxSeconds' | 'signal' | 'now'
> {
  /** Fields of the log's events that are not compared; `time` never is. */
  readonly ignore?: readonly string[];
  /** Most states visited, each once for every number of events seen by then. Default 1,000,000. */
  readonly maxStates?: number;
  /** Most hidden steps between two events. Default: any number. */
  readonly maxHidden?: number;
  /** Told about twenty times a second how far the search is. */
  readonly onProgress?: (progress: ValidationProgress) => void;
}

export const VALIDATE_OPTIONS: OptionsOf<ValidateOptions> = {
  environment: 'text',
  constants: 'constants',
  ignore: 'names',
  maxStates: 'bound',
  maxHidden: 'bound',
  maxSeconds: 'bound',
  signal: 'signal',
  onProgress: 'function',
  now: 'function',
};

/**
 * Decides whether some behavior of the spec begins with exactly these events: each is what the spec's next
 * `observed` step shows, on the fields that the event has, with any number of hidden steps between. The log's order
 * is the order of the events; it may end anywhere. Rejects with `UsageError` where the request makes no sense: an
 * event with anything but scalars in its fields, a spec of which nothing can be observed, an unknown constant.
 */
export async function validate<S, C, D, A extends string, P extends string>(
  spec: Spec<S, C, D, A, P>,
  events: readonly Event[],
  options: ValidateOptions<C> = {},
): Promise<Validation> {
  requireOptions('validate', options, VALIDATE_OPTIONS);
  if (!Array.isArray(events))
    throw new UsageError(`validate wants a list of events, but got ${shown(events)}`);
  const { environment, constants } = options as ValidateOptions;
  const model = await attended(() => bind(spec, { environment, constants }));
  requireObservable(model);
  const log = events.map((event, i) => requireEvent(event, `event ${i + 1}`));
  const now = options.now ?? (() => performance.now());
  const heartbeat = new Heartbeat({
    deadlock: false,
    keepGoing: false,
    now,
    ...(options.signal && { signal: options.signal }),
    ...(options.maxSeconds !== undefined && {
      maxSeconds: positive('maxSeconds', options.maxSeconds, false),
    }),
  });
  const searchOptions = {
    ignore: options.ignore ?? [],
    maxStates: positive('maxStates', options.maxStates ?? DEFAULT_MAX_STATES, true),
    maxHidden: options.maxHidden === undefined ? undefined : positive('maxHidden', options.maxHidden, true),
    heartbeat,
    onProgress:
      options.onProgress &&
      ((p: Omit<ValidationProgress, 'seconds'>) =>
        options.onProgress?.({ ...p, seconds: heartbeat.seconds })),
  };
  const { properties: _none, unchecked: _no, ...about } = commonOf(model);
  const common = { ...about, events: log.length, ignored: searchOptions.ignore, bounds: boundsOf(options) };
  let evaluator: Evaluator;
  try {
    evaluator = await attended(() => new Evaluator(model));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const statistics = { states: 0, generated: 0, widest: 0, outside: 0, seconds: heartbeat.seconds };
    return { ...common, statistics, ...brokenBy(error.details, undefined) };
  }
  const found = await new Search(evaluator, log, searchOptions).run();
  const statistics = { ...found.statistics, seconds: heartbeat.seconds };
  try {
    return {
      ...common,
      statistics,
      ...(await concludeOf(found, evaluator, log, searchOptions, options.maxSeconds)),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...common, statistics, ...brokenBy(error.details, undefined) };
  }
}

function boundsOf({ maxStates, maxHidden, maxSeconds }: ValidateOptions<any>): ValidationBounds {
  return {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxHidden !== undefined && { maxHidden }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  };
}

/** `conclusionOf` where the spec's functions, asked to tell of what was found, may not come back. */
async function concludeOf(...of: Parameters<typeof conclusionOf>): Promise<Conclusion<Validation>> {
  const [, evaluator] = of;
  for (;;) {
    try {
      return await attended(() => conclusionOf(...of));
    } catch (error) {
      if (!(error instanceof NoAnswer && evaluator.unanswered(error))) throw error;
    }
  }
}

type Conclusion<V> = V extends Validation
  ? Omit<V, keyof ReturnType<typeof commonOf> | 'events' | 'ignored' | 'bounds' | 'statistics'>
  : never;

function conclusionOf(
  found: Found,
  evaluator: Evaluator,
  log: readonly Event[],
  {
    ignore,
    maxStates,
    maxHidden,
  }: { ignore: readonly string[]; maxStates: number; maxHidden: number | undefined },
  maxSeconds: number | undefined,
): Conclusion<Validation> {
  const { end, explained, fault, path } = found;
  if (fault) return brokenBy(fault, path.length > 0 ? witnessOf(evaluator, path) : undefined);
  const witness = witnessOf(evaluator, path);
  switch (end) {
    case 'fault':
      throw new Error('a search ended with a fault but none to show');
    case 'explained':
      return { verdict: 'explained', witness };
    case 'unexplained': {
      const refused = log[explained] as Event;
      return {
        verdict: 'unexplained',
        explained,
        refused,
        witness,
        stateCount: found.states.length,
        states: found.states.slice(0, STATES_SHOWN).map((row) => evaluator.plainStateOf(row)),
        allowedCount: found.allowed.length,
        allowed: nearest(found, refused, ignore),
      };
    }
    default: {
      const bounds = {
        states: maxStates,
        hidden: maxHidden,
        seconds: maxSeconds,
        memory: undefined,
        aborted: undefined,
      };
      return { verdict: 'incomplete', limit: end, bound: bounds[end] ?? null, explained, witness };
    }
  }
}

/** What could have come next, the events most like the refused one first. */
function nearest({ allowed }: Found, refused: Event, ignore: readonly string[]): AllowedEvent[] {
  const fields = comparedFields(refused, ignore);
  // Of events equally like it the one whose first field agrees: a line mostly begins with what it is about.
  const firstOf = (differs: readonly string[]) => fields.indexOf(differs[0] ?? '');
  return allowed
    .map(({ event, actions }) => {
      const differs = differingFields(refused, fields, event);
      const agrees = fields.filter((field) => !differs.includes(field));
      return { event, actions: [...actions], agrees, differs };
    })
    .sort((a, b) => a.differs.length - b.differs.length || firstOf(b.differs) - firstOf(a.differs))
    .slice(0, ALLOWED_SHOWN);
}

function requireObservable({ actions, spec }: Model): void {
  if (actions.some(({ observed }) => observed !== undefined)) return;
  throw new UsageError(
    `spec '${spec}' says of no action what can be observed of it, so that no log can be compared with it; give actions an \`observed: (before, parameters, after) => ({ event: … })\``,
  );
}

function positive(name: string, value: number, whole: boolean): number {
  if (typeof value === 'number' && value > 0 && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(
    `${name} must be a ${whole ? 'whole number above 0' : 'number of seconds above 0'}, but is ${String(value)}`,
  );
}
