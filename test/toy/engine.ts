import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Evaluator } from '../../checker/model/evaluator';
import type { State } from '../../checker/model/model';
import type { RunStep } from '../../checker/trace/run';

/** The engine in small: docs/engine.md goes through it. Every variable is a Map from texts to scalars. */
type Scalar = string | number | boolean | undefined;
/** By cell the number of its value. 0 is absence, and so is the end of a row from before there was the cell. */
type Row = readonly number[];
/** A cell, or all the cells of a variable. */
type Fact = number | string;
type Look = { readonly cells: Cells; readonly row: Row; readonly noted: Map<Fact, number> };
const indexIn = <T>(list: T[], it: T) => (list.includes(it) ? list.indexOf(it) : list.push(it) - 1);

export class Cells {
  readonly names: string[] = [];
  readonly values: Scalar[][] = [];

  write(variable: string, key: string, value: Scalar): [cell: number, number: number] {
    const cell = indexIn(this.names, `${variable}.${key}`);
    return [cell, indexIn((this.values[cell] ??= [undefined]), value)];
  }

  below(variable: string): number[] {
    return [...this.names.keys()].filter((cell) => this.names[cell]?.startsWith(`${variable}.`));
  }

  random(cell: number, number: number): bigint {
    const text = JSON.stringify([this.names[cell], this.values[cell]?.[number]]);
    return number === 0 ? 0n : createHash('sha256').update(text).digest().readBigUInt64LE();
  }
}

class View {
  changes: ReadonlyMap<number, number> = new Map();
  constructor(readonly at: Look & { readonly variable: string }) {}

  get = (key: string): Scalar => this.read(this.at.cells.write(this.at.variable, key, undefined)[0]);
  delete = (key: string): View => this.set(key, undefined);

  set(key: string, value: Scalar): View {
    const changes = new Map([...this.changes, this.at.cells.write(this.at.variable, key, value)]);
    return Object.assign(new View(this.at), { changes });
  }

  some(holds: (value: Scalar) => boolean): boolean {
    const values = this.at.cells.below(this.at.variable).map((cell) => this.read(cell));
    this.at.noted.set(this.at.variable, this.at.noted.get(this.at.variable) ?? values.length);
    return values.some((value) => value !== undefined && holds(value));
  }

  private read(cell: number): Scalar {
    const change = this.changes.get(cell);
    if (change === undefined) this.at.noted.set(cell, 0);
    return this.at.cells.values[cell]?.[change ?? this.at.row[cell] ?? 0];
  }
}

/** What is known from here on: an answer, or what is looked at next, or nothing. It grows in place. */
type Node<A> = { looksAt?: Fact; known?: number; next: Map<number, Node<A>>; answer?: A; audited?: boolean };

export class Trie<A> {
  readonly root: Node<A> = { next: new Map() };
  readonly everRead = new Set<Fact>();
  constructor(readonly learned: { cells: Cells; answer: (look: Look) => A }) {}

  ask(row: Row): A {
    const passed = new Set<Fact>();
    let node = this.follow(row, this.root, passed);
    if (node.audited) return node.answer as A;
    const look: Look = { cells: this.learned.cells, row, noted: new Map() };
    const answer = this.learned.answer(look);
    node.audited = 'answer' in node;
    if (node.audited && !isDeepStrictEqual(node.answer, answer)) throw new Error('not pure');
    for (const [looksAt, known] of node.audited ? [] : look.noted) {
      this.everRead.add(looksAt);
      if (!passed.has(looksAt)) node = this.follow(row, Object.assign(node, { looksAt, known }), passed);
    }
    return (node.answer = answer);
  }

  private follow(row: Row, node: Node<A>, passed: Set<Fact>): Node<A> {
    const { looksAt, known = 0, next } = node;
    if (looksAt === undefined) return node;
    const cell = typeof looksAt === 'string' ? this.learned.cells.below(looksAt)[known] : looksAt;
    if (cell !== undefined && cell !== looksAt) {
      const absent = { looksAt, known: known + 1, next };
      return this.follow(row, Object.assign(node, { looksAt: cell, next: new Map([[0, absent]]) }), passed);
    }
    passed.add(looksAt);
    const number = cell === undefined ? 0 : (row[cell] ?? 0);
    if (!next.has(number)) next.set(number, { next: new Map() });
    return this.follow(row, next.get(number) as Node<A>, passed);
  }
}

export function searchByToy(evaluator: Evaluator) {
  const { actions, properties, init } = evaluator.model;
  const cells = new Cells();
  const maps = Object.entries(init() as { [variable: string]: Iterable<[string, Scalar]> });
  const learn = <A>(of: (state: State) => A) => {
    const viewsOf = (at: Look) => maps.map(([variable]) => [variable, new View({ ...at, variable })]);
    return new Trie({ cells, answer: (look) => of(Object.fromEntries(viewsOf(look)) as State) });
  };
  const writesOf = (changes: object) =>
    Object.entries(changes).flatMap(([variable, view]: [string, unknown]) => {
      if (view instanceof View && view.at.variable === variable) return [...view.changes];
      throw new Error(`the toy can't tell what became of ${variable}`);
    });
  const instances = actions.flatMap((action) =>
    evaluator.parametersOf(action.ranges, action.name, {}).map((parameters) => {
      const changes = (state: State) =>
        evaluator.enabled(action, parameters, state) ? evaluator.changesOf(action, parameters, state) : [];
      return { action, parameters, trie: learn((state) => changes(state).map(writesOf)) };
    }),
  );
  const judges = properties.flatMap(({ name, ranges, holds }) =>
    evaluator.parametersOf(ranges, name, {}).map((it) => ({ name, trie: learn((s) => holds([s], it)) })),
  );
  const states: { row: Row; fingerprint: bigint; run: RunStep[] }[] = [];
  const seen = new Set<bigint>();
  const fallen = new Map<string, RunStep[]>();
  let generated = 0;
  const take = (before: Row, fingerprint: bigint, writes: [number, number][], run: RunStep[]) => {
    generated++;
    const row = [...before];
    for (const [cell, number] of writes) {
      fingerprint ^= cells.random(cell, row[cell] ?? 0) ^ cells.random(cell, number);
      row[cell] = number;
    }
    if (seen.has(fingerprint)) return;
    seen.add(fingerprint);
    states.push({ row, fingerprint, run });
    const wrote = writes.flatMap(([cell]) => [cell, cells.names[cell]?.split('.')[0] ?? '']);
    for (const { name, trie } of judges)
      if (run.length === 0 || wrote.some((fact) => trie.everRead.has(fact)))
        if (!trie.ask(row) && !fallen.has(name)) fallen.set(name, run);
  };
  const initial = maps.flatMap(([name, map]) => [...map].map(([key, it]) => cells.write(name, key, it)));
  take([], 0n, initial, []);
  for (const { row, fingerprint, run } of states) {
    if (run.length === [...fallen.values()][0]?.length) break;
    for (const { action, parameters, trie } of instances)
      for (const [choice, writes] of trie.ask(row).entries())
        take(row, fingerprint, writes, [...run, { action, parameters, choice }]);
  }
  return { cells, states, instances, generated, fallen };
}
