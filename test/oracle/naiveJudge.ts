import type { Spec } from 'everystate';
import type { Values } from '../../checker/value/values';
import { naiveParts } from './naiveParts';

type State = { readonly [name: string]: unknown };
type Fn = (...args: unknown[]) => unknown;
interface Clause {
  readonly ranges?: { readonly [name: string]: unknown };
  readonly holds: Fn;
}

/** What was settled, a text each, and the function that was at fault after that, if one was. */
export interface NaiveVerdict {
  readonly told: readonly string[];
  readonly fault?: string;
}

/** The function that was at fault. */
class AtFault extends Error {}

/** Judges states and steps of a spec as simply as can be: all that can be asked is asked, and only then left out. */
export class NaiveJudge {
  private readonly parts: ReturnType<typeof naiveParts>;

  constructor(
    spec: Spec,
    /** Parameters are canonical values, as those of states are. */
    private readonly values: Values,
  ) {
    this.parts = naiveParts(spec);
  }

  /** Whether a range is an iterator: it serves whoever is first to walk it. */
  get walksOnce(): boolean {
    const { invariants, actionProperties } = this.parts;
    return [invariants, actionProperties]
      .flatMap((named) => Object.values(named) as (Clause | Fn)[])
      .flatMap((given) => (typeof given === 'function' ? [] : Object.values(given.ranges ?? {})))
      .some((range) => typeof (range as { next?: unknown }).next === 'function');
  }

  step(before: State, after: State): NaiveVerdict[] {
    return this.each(this.parts.actionProperties, 'action property', before, [before, after]);
  }

  state(state: State): NaiveVerdict[] {
    return this.each(this.parts.invariants, 'invariant', state, [state]);
  }

  reached(state: State): NaiveVerdict[] {
    return Object.entries(this.parts.reachable).map(([name, holds]) =>
      verdict(() => (asked(`reachable ${name}`, () => (holds as Fn)(state)) ? [name] : [])),
    );
  }

  end(state: State): NaiveVerdict[] {
    const { final } = this.parts;
    return [verdict(() => (final && asked('final', () => final(state)) ? [] : ['deadlock']))];
  }

  isInside(state: State): NaiveVerdict[] {
    const { constraint } = this.parts;
    return [
      verdict(() => [String(constraint === undefined || asked('constraint', () => constraint(state)))]),
    ];
  }

  private each(properties: object, part: string, from: State, states: readonly State[]): NaiveVerdict[] {
    return Object.entries(properties).map(([name, given]: [string, Clause | Fn]) =>
      verdict(() => {
        const { ranges = {}, holds } = typeof given === 'function' ? { holds: given } : given;
        const failing = this.choices(ranges, name, from).filter(
          (parameters) => !asked(`${part} ${name}`, () => holds(...states, parameters)),
        );
        return failing.slice(0, 1).map((parameters) => told(name, Object.values(parameters), this.values));
      }),
    );
  }

  private choices(ranges: object, name: string, state: State): State[] {
    let choices: State[] = [{}];
    for (const [parameter, range] of Object.entries(ranges))
      try {
        const given = typeof range === 'function' ? ((range as Fn)(state) as unknown) : range;
        const members = [...(given as Iterable<unknown>)].map((member) => this.values.idOf(member));
        choices = choices.flatMap((chosen) =>
          members.map((id) => ({ ...chosen, [parameter]: this.values.valueOf(id) })),
        );
      } catch {
        throw new AtFault(`range ${name}`);
      }
    return choices;
  }
}

/** What fell, with its parameters by number: a text of values is not always enough to tell two apart. */
export function told(name: string, parameters: readonly unknown[], values: Values): string {
  return [name, ...parameters.map((parameter) => values.idOf(parameter))].join(' ');
}

function verdict(body: () => string[]): NaiveVerdict {
  try {
    return { told: body() };
  } catch (error) {
    if (!(error instanceof AtFault)) throw error;
    return { told: [], fault: error.message };
  }
}

function asked(place: string, ask: () => unknown): boolean {
  try {
    const answer = ask();
    if (typeof answer === 'boolean') return answer;
  } catch {
    // told below
  }
  throw new AtFault(place);
}
