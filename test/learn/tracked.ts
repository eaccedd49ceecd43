import { Memory } from '../../checker/kernel/memory';
import { Cells, type CellsOptions, type Place } from '../../checker/learn/cells';
import { flatten } from '../../checker/learn/flatten';
import { Leaves, writesOf } from '../../checker/learn/leaves';
import { Predicates } from '../../checker/learn/predicates';
import { ABSENT, type RowAt } from '../../checker/learn/row';
import { Notes, Session, type Event } from '../../checker/learn/session';
import { Tries } from '../../checker/learn/tries';
import { shown } from '../../checker/learn/views/view';
import { during } from '../../checker/model/underWay';
import { label } from '../../checker/value/refusal';
import { Values } from '../../checker/value/values';

/** A state as tests give it, and as functions of theirs see it: untyped, since most of it a type would forbid. */
export type Given = { readonly [variable: string]: any };

/** States of some variables, taken apart, and runs of functions over them on views. */
export class Tracked {
  readonly values = new Values();
  readonly memory = new Memory();
  readonly cells: Cells;
  readonly tries: Tries;
  readonly leaves: Leaves;
  private readonly predicates = new Predicates(this.values);

  constructor(
    readonly variables: readonly string[],
    options: CellsOptions = {},
  ) {
    this.cells = new Cells(this.values, variables, this.memory, options);
    this.tries = new Tries(this.cells, 1, this.memory);
    this.leaves = new Leaves(this.cells, this.memory);
  }

  /** The row of a state; as wide as there are cells by then. */
  row(state: Given): RowAt {
    const locals = new Map<number, number>();
    const sink = {
      write: ({ cell }: Place, local: number) => void locals.set(cell, local),
      clearBelow: () => {},
    };
    this.variables.forEach((name, index) =>
      flatten(this.cells, this.cells.variables[index] as Place, this.values.canonicalOf(state[name]), sink),
    );
    const width = this.cells.count;
    const row = Uint32Array.from({ length: width }, (_, cell) => locals.get(cell) ?? ABSENT);
    return { row, offset: 0, width };
  }

  /** Runs a function on views of a state. */
  run(at: RowAt, body: (state: Given) => unknown) {
    const notes = new Notes(this.predicates);
    const session = new Session(this.cells, at, notes);
    const views = shown(
      Object.defineProperties(
        {},
        Object.fromEntries(
          this.variables.map((name, index) => [
            name,
            { get: () => session.get(this.cells.variables[index] as Place) },
          ]),
        ),
      ),
    ) as Given;
    let gave: unknown;
    let threw: unknown;
    try {
      gave = during(notes, () => body(views));
    } catch (error) {
      threw = error;
    }
    const writes = (): string[] =>
      writesOf(this.cells, gave as object, this.variables).writes.map(
        ([cell, local]) => `${this.name(cell)} := ${this.says(cell, local)}`,
      );
    return { gave, threw, notes, session, read: notes.events.map((event) => this.told(event)), writes };
  }

  /** Runs a predicate and puts what it read into a trie; its leaf is 2 for true, 1 for false. */
  learn(root: number, at: RowAt, holds: (state: Given) => unknown): void {
    const { gave, notes } = this.run(at, holds);
    const slot = this.tries.insert(root, notes.events, at.row, at.offset);
    if ((this.tries.words[slot] as number) === 0) this.tries.words[slot] = gave ? -2 : -1;
  }

  /** What a trie answers for a state; undefined where it does not know. */
  known(root: number, { row, offset }: RowAt): boolean | undefined {
    const leaf = this.tries.walk(this.tries.words[root] as number, row, offset);
    return leaf === 0 ? undefined : leaf === -2;
  }

  /** `m.a` */
  name(cell: number): string {
    const { parent, key } = this.cells.places[cell] as Place;
    return parent ? `${this.name(parent.cell)}.${label(key)}` : String(key);
  }

  says(cell: number, local: number): string {
    const atom = this.cells.places[cell]?.atoms[local];
    if (!atom) return 'absent';
    return atom.kind === 'value' ? label(atom.value) : atom.kind;
  }

  private told(event: Event): string {
    const name = this.name(event.place.cell);
    if (event.kind === 'read') return name;
    return event.kind === 'iterate' ? `all ${event.count} of ${name}` : `${event.mode} of ${name}`;
  }
}
