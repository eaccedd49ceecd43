import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parameters, Spec } from 'everystate';
import twoPhaseCommitExample from '../../examples/two-phase-commit/spec';
import { Memory } from '../../checker/kernel/memory';
import type { Place } from '../../checker/learn/cells';
import { Learner } from '../../checker/learn/learner';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import type { State } from '../../checker/model/model';
import { callText } from '../../checker/trace/label';
import { exactText } from '../../checker/value/text';
import { Trie, searchByToy, type Cells } from './engine';
import { office, twoPhaseCommit, twoPhaseCommitInHaste } from './specs';

/** All that docs/engine.md shows is a piece of the toy, or comes out of it. */
const page = readFileSync(join(__dirname, '../../docs/engine.md'), 'utf8');
const blocks = [...page.matchAll(/^```(ts|text) (.+)\n([\s\S]*?)^```$/gm)].map(
  ([, language, name = '', body = '']) => ({ language, name, body }),
);

/** Blocks are formatted as texts of their own. */
const unindented = (text: string) => text.replace(/^ +/gm, '');

type Steps = (readonly (readonly [cell: number, number: number])[])[];
type Found = ReturnType<typeof searchByToy>;

/** What the toy finds of a spec, with all its actions or one. */
function search(spec: unknown, only?: string): Found {
  const model = bind(spec as Spec, {});
  const actions = model.actions.filter(({ name }) => only === undefined || name === only);
  return searchByToy(new Evaluator({ ...model, actions }));
}

const valueText = (cells: Cells, cell: number, number: number) =>
  number === 0 ? 'absent' : exactText(cells.values[cell]?.[number]);

const trieOf = ({ instances }: Found, action: string, parameter?: string) =>
  instances.find(
    (it) => it.action.name === action && (parameter === undefined || it.parameters.rm === parameter),
  )?.trie as Trie<Steps>;

/** A trie, a line a node and a branch. */
function drawn(cells: Cells, { looksAt, known = 0, next }: Trie<Steps>['root'], indent = ''): string[] {
  if (looksAt === undefined) return [];
  const below = (text: string, { answer, ...node }: Trie<Steps>['root'], deeper: string) =>
    answer === undefined
      ? [text, ...drawn(cells, node, `${deeper}  `)]
      : [`${text} → ${stepsText(cells, answer)}`];
  if (typeof looksAt === 'string')
    return [...next.values()].flatMap((node) =>
      below(`${indent}all of ${looksAt}, ${known} known`, node, indent),
    );
  const branches = [...next].flatMap(([number, node]) =>
    below(`${indent}  ${valueText(cells, looksAt, number)}`, node, `${indent}  `),
  );
  return [`${indent}${cells.names[looksAt]}`, ...branches];
}

function stepsText(cells: Cells, steps: Steps): string {
  const writes = steps
    .flat()
    .map(([cell, number]) => `${cells.names[cell]} := ${valueText(cells, cell, number)}`);
  return writes.length === 0 ? 'nothing' : writes.join(', ');
}

/** The trie of an action that has been asked about some states only. */
function asked(trie: Trie<Steps>, rows: readonly (readonly number[])[]): string[] {
  const fresh = new Trie(trie.learned);
  for (const row of rows) fresh.ask(row);
  return drawn(trie.learned.cells, fresh.root);
}

const found = search(twoPhaseCommit);
const prepare = trieOf(found, 'prepare', 'rm1');
const firstRow = found.states[0]?.row ?? [];

function firstRowText(): string[] {
  const { names } = found.cells;
  const text = (cell: number, number: number) => `${number} ${valueText(found.cells, cell, number)}`;
  return firstRow.map((number, cell) => `${names[cell]?.padEnd(12)} ${text(cell, number)}`);
}

/** What the engine's own learner notes of the example's action in the first state. */
function learnedOfPrepare(): string[] {
  const evaluator = new Evaluator(bind(twoPhaseCommitExample as Spec, {}));
  const learner = new Learner(evaluator, new Memory());
  const { cells, leaves } = learner;
  const locals: number[] = [];
  for (const part of learner.partsOf(evaluator.initial.at(0) ?? []))
    part.cells.forEach((cell, k) => (locals[cell] = part.locals[k] ?? 0));
  const row = Uint32Array.from({ length: cells.count }, (_, cell) => locals[cell] ?? 0);
  const [action] = evaluator.model.actions;
  const [parameters] = evaluator.parametersOf(action?.ranges ?? {}, 'prepare', {});
  if (!action || !parameters) throw new Error('the example has no action prepare');
  const learned = learner.learnAction(learner.instance(action, 0, parameters), {
    row,
    offset: 0,
    width: row.length,
  });
  if (learned === 'untrackable') throw new Error(learned);
  const nameOf = (place: Place): string =>
    place.parent ? `${nameOf(place.parent)}.${exactText(place.key).replaceAll("'", '')}` : String(place.key);
  const says = (place: Place, local: number) => {
    const atom = place.atoms[local];
    if (!atom) return 'absent';
    return atom.kind === 'value'
      ? exactText(atom.value)
      : atom.kind === 'member'
        ? 'there'
        : `a ${atom.kind}`;
  };
  const placeAt = (cell: number) => cells.places[cell] as Place;
  return [
    ...learned.events.map(({ place }) => `looks at  ${nameOf(place)}, ${says(place, row[place.cell] ?? 0)}`),
    ...leaves
      .writesOf(leaves.firstStepOf(learned.leaf))
      .map(([cell, local]) => `writes    ${nameOf(placeAt(cell))} := ${says(placeAt(cell), local)}`),
  ];
}

function officeTries(): { before: string[]; after: string[] } {
  const { instances, states, cells } = search(office, 'goHome');
  const trie = instances[0]?.trie as Trie<Steps>;
  const row = states[0]?.row ?? [];
  const before = asked(trie, [row]);
  const [paper, open] = cells.write('papers', 'p0', 'open');
  const laid = [...row];
  laid[paper] = open;
  const fresh = new Trie(trie.learned);
  return { before, after: (fresh.ask(row), fresh.ask(laid), drawn(cells, fresh.root)) };
}

function callsOfPrepare(): string[] {
  const model = bind(twoPhaseCommit as Spec, {});
  let calls = 0;
  const counting = model.actions.map((action) => ({
    ...action,
    guard: (state: State, parameters: Parameters) => {
      if (action.name === 'prepare' && parameters.rm === 'rm1') calls++;
      return action.guard?.(state, parameters) ?? true;
    },
  }));
  const { states, cells, instances } = searchByToy(new Evaluator({ ...model, actions: counting }));
  const toyCalls = calls;
  const trie = trieOf({ ...found, instances, states, cells } as Found, 'prepare', 'rm1');
  const enabled = states.filter(({ row }) => trie.ask(row).length > 0).length;
  return [
    `${states.length} states, prepare(rm1) enabled in ${enabled}`,
    `the plain loop calls its guard in each of the ${states.length}`,
    `the toy calls its guard ${toyCalls} times: for ${toyCalls / 2} values of rm.rm1, each answer audited once`,
  ];
}

const outputs: { readonly [name: string]: () => string[] } = {
  'the first row': firstRowText,
  'learned of prepare(rm1)': learnedOfPrepare,
  'the trie after one state': () => asked(prepare, [firstRow]),
  'the trie in the end': () => drawn(found.cells, prepare.root),
  'the trie of goHome before there are papers': () => officeTries().before,
  'the trie of goHome when the first paper has been laid': () => officeTries().after,
  'the run that breaks consistent in haste': () =>
    [...search(twoPhaseCommitInHaste).fallen.values()].flatMap((run) =>
      run.map(({ action, parameters }) => callText(action.name, parameters)),
    ),
  "calls of prepare's functions in the toy": callsOfPrepare,
};

describe('docs/engine.md', () => {
  it('shows pieces and outputs', () => {
    expect(blocks.filter(({ language }) => language === 'ts').length).toBeGreaterThan(6);
    const shown = blocks.filter(({ language }) => language === 'text').map(({ name }) => name);
    expect(shown).toEqual(Object.keys(outputs));
    expect(page.match(/^```./gm)).toHaveLength(blocks.length);
  });

  it.each(
    blocks
      .filter(({ language }) => language === 'ts')
      .map((it) => ({ ...it, first: it.body.trim().split('\n')[0] })),
  )('has a piece of $name: $first', ({ name, body }) => {
    expect(unindented(readFileSync(join(__dirname, name), 'utf8'))).toContain(unindented(body));
  });

  it.each(blocks.filter(({ language }) => language === 'text'))(
    'shows what comes out: $name',
    ({ name, body }) => {
      expect(`${outputs[name]?.().join('\n')}\n`).toBe(body);
    },
  );

  it('says in its text how many states there are', () => {
    expect(page).toContain(`all ${found.states.length} states are answered by`);
  });
});
