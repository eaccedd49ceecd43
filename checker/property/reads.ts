import type { Place } from '../learn/cells';
import { Observer, type Observed } from '../learn/observer';
import type { Session } from '../learn/session';
import { EngineError, InternalError } from '../model/engineError';
import type { Evaluator, Row } from '../model/evaluator';
import type { State } from '../model/model';
import { StateMisuse } from '../model/stateObject';
import { valueText } from '../value/text';

/** A value that a property read before it came out false. */
export interface Reading {
  /** Variable, then keys, fields and indices, as in `Change`: `believes.w1`, `queue[0]`, `messages{m1}`. */
  readonly path: string;
  /**
   * The value in the last state. Absent where the property looked for something that is not there, and for what an action
   * property has read only in the state before.
   */
  readonly value?: unknown;
  /** Of an action property: in which of the step's two states it was read. */
  readonly read?: 'before' | 'after' | 'both';
  /** Of an action property: the value in the state before. Absent where nothing was there, or it was not read there. */
  readonly before?: unknown;
  /** Where a Set was asked for a member: that member. It is the value too, where it is in the Set. */
  readonly member?: unknown;
}

/** What was read of one state: the value is absent where nothing is there. */
type Look = Pick<Reading, 'path' | 'value' | 'member'>;

/**
 * Finds out what properties read: by running them once more, on tracked states. Where such a run is void, or a property
 * answers otherwise on it, what is told is which variables it reads.
 */
export class Reads {
  private made: Observer | undefined;

  constructor(private readonly evaluator: Evaluator) {}

  /** What a property that fell for a state, or for a step from one state to another, read of that, in the order it read it. */
  of(rows: readonly Row[], holds: (states: readonly State[]) => unknown): Reading[] {
    const looks = this.looksByCell(rows, holds) ?? this.looksByVariable(rows, holds);
    return rows.length === 1 ? [...(looks[0] as Map<string, Look>).values()] : joined(looks);
  }

  private looksByCell(
    rows: readonly Row[],
    holds: (states: readonly State[]) => unknown,
  ): Map<string, Look>[] | undefined {
    try {
      this.made ??= new Observer(this.evaluator.values, this.evaluator.variables);
      const observed = this.made.observe(rows, holds);
      return observed === undefined || observed.gave !== false
        ? undefined
        : this.looksOf(this.made, observed);
    } catch (error) {
      // No violation is withheld because the state can't be taken apart, or there is no room for it. A defect is one.
      const noRoom = error instanceof EngineError && !(error instanceof InternalError);
      if (noRoom || error instanceof StateMisuse) return undefined;
      throw error;
    }
  }

  private looksOf(observer: Observer, observed: Observed<unknown>): Map<string, Look>[] {
    return observed.sides.map((session, side) => {
      const looks = placesRead(observed, side).map((place): Look => {
        const value = observer.valueIn(session, place);
        return {
          path: pathOf(place, session),
          ...(value !== undefined && { value }),
          ...(isMember(place, session) && { member: place.key }),
        };
      });
      return new Map(looks.map((look) => [look.path, look]));
    });
  }

  private looksByVariable(
    rows: readonly Row[],
    holds: (states: readonly State[]) => unknown,
  ): Map<string, Look>[] {
    const states = rows.map((row) => this.evaluator.stateOf(row));
    const read = states.map(() => new Map<string, Look>());
    const recorders = states.map(
      (state, side) =>
        new Proxy(state, {
          get(target, variable, receiver) {
            const value: unknown = Reflect.get(target, variable, receiver);
            if (typeof variable === 'string' && Object.hasOwn(target, variable))
              read[side]?.set(variable, { path: variable, value });
            return value;
          },
        }),
    );
    try {
      holds(recorders);
    } catch {
      // A property that throws has been reported as a fault already; what it read until then still helps.
    }
    return read;
  }
}

/** The places that a run read of a side: none that was only read on the way to another, none within one that is whole. */
function placesRead({ events, sides }: Observed<unknown>, side: number): Place[] {
  const session = sides[side] as Session;
  const read = new Set<Place>();
  const whole = new Set<Place>();
  for (const event of events) {
    if (event.side !== side) continue;
    read.add(event.place);
    if (event.kind === 'read') continue;
    // What a predicate holds for is what decided; where it holds for nothing, or none was asked, all of it did.
    const deciding =
      event.kind === 'fold' && !event.presence ? session.accepted(event.place, event.verdicts) : [];
    if (deciding.length === 0) whole.add(event.place);
    for (const place of deciding) {
      read.add(place);
      whole.add(place);
    }
  }
  const passed = new Set([...read].flatMap((place) => (place.parent ? [place.parent] : [])));
  const within = (place: Place | null): boolean =>
    place !== null && (whole.has(place) || within(place.parent));
  return [...read].filter((place) => !within(place.parent) && (whole.has(place) || !passed.has(place)));
}

/** What was read of the states before and after a step, by path. */
function joined([before, after]: readonly Map<string, Look>[]): Reading[] {
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...paths].map((path) => {
    const then = before?.get(path);
    const now = after?.get(path);
    const { value: earlier, ...common } = then ?? { ...now, path, value: undefined };
    return {
      ...common,
      read: then && now ? 'both' : then ? 'before' : 'after',
      ...(earlier !== undefined && { before: earlier }),
      ...(now?.value !== undefined && { value: now.value }),
    };
  });
}

function kindOf(place: Place | null, session: Session): string | undefined {
  return place?.atoms[session.peek(place)]?.kind;
}

function isMember(place: Place, session: Session): boolean {
  return kindOf(place.parent, session) === 'Set';
}

function pathOf(place: Place, session: Session): string {
  const { parent, key } = place;
  if (parent === null) return String(key);
  const path = pathOf(parent, session);
  switch (kindOf(parent, session)) {
    case 'Set':
      return `${path}{${valueText(key)}}`;
    case 'List':
      return `${path}[${valueText(key)}]`;
    case 'Record':
      return `${path}.${String(key)}`;
    default:
      return `${path}.${valueText(key)}`;
  }
}
