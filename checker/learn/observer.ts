import { OWN_ROOM } from '../kernel/ownRoom';
import { EngineError } from '../model/engineError';
import type { Row } from '../model/evaluator';
import type { State } from '../model/model';
import { LazyStates } from '../model/stateObject';
import { during } from '../model/underWay';
import type { ValueId, Values } from '../value/values';
import { Cells, type Place } from './cells';
import { flatten, idIn } from './flatten';
import { Predicates } from './predicates';
import { refuse } from './refusal';
import { ABSENT } from './row';
import { Notes, Session, type Event } from './session';
import { shown } from './views/view';

/** What a function gave, and what it learned of its states before, in order. */
export interface Observed<T> {
  readonly gave: T;
  readonly events: readonly Event[];
  /** By side: a look at a state of which nothing is noted. */
  readonly sides: readonly Session[];
}

/** Runs functions of the user's on tracked states to tell what they read. Nothing is learned. */
export class Observer {
  readonly cells: Cells;
  private readonly predicates: Predicates;
  private readonly states: LazyStates;

  constructor(values: Values, variables: readonly string[]) {
    const mixed = () => refuse('two kinds are mixed in one place');
    this.cells = new Cells(values, variables, OWN_ROOM, { mixed });
    this.predicates = new Predicates(values);
    this.states = new LazyStates(variables);
  }

  /**
   * What a function does with these states. Undefined where its run is void: it looked at how a view is made, or threw.
   * Throws `EngineError`.
   */
  observe<T>(rows: readonly Row[], body: (states: readonly State[]) => T): Observed<T> | undefined {
    const notes = new Notes(this.predicates);
    const sides = this.sessionsOf(rows, notes);
    let gave: T;
    try {
      gave = during(notes, () => body(sides.map((side) => this.stateOf(side))));
    } catch (error) {
      if (error instanceof EngineError) throw error;
      return undefined;
    } finally {
      notes.over = true;
    }
    if (notes.stopped instanceof EngineError) throw notes.stopped;
    if (notes.refused || notes.stopped) return undefined;
    return { gave, events: notes.events, sides };
  }

  /** The value of a place in the state of a side; undefined where nothing is there. */
  valueIn(side: Session, place: Place): unknown {
    const local = side.peek(place);
    if (local === ABSENT) return undefined;
    if (place.atoms[local]?.kind === 'member') return place.key;
    return this.cells.values.valueOf(idIn(this.cells, place, (p) => side.peek(p)) as ValueId);
  }

  private sessionsOf(rows: readonly Row[], notes: Notes): Session[] {
    const { cells } = this;
    const found = rows.map((row) => {
      const locals = new Map<number, number>();
      const sink = {
        write: (place: Place, local: number) => void locals.set(place.cell, local),
        clearBelow: () => {},
      };
      row.forEach((id, i) => flatten(cells, cells.variables[i] as Place, cells.values.valueOf(id), sink));
      return locals;
    });
    const width = cells.count;
    return found.map((locals, side) => {
      const row = new Uint32Array(width);
      for (const [cell, local] of locals) row[cell] = local;
      return new Session(cells, { row, offset: 0, width }, notes, side);
    });
  }

  private stateOf(session: Session): State {
    return shown(this.states.of((variable) => session.get(this.cells.variables[variable] as Place)));
  }
}
