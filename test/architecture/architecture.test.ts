import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, sources, type Source } from './sources';

const all = sources('spec', 'checker', 'examples');
const inside = (folder: string) => all.filter(({ path }) => path.startsWith(`${folder}/`));

/** `who → what` for every import that a rule does not allow. */
function breaches(files: readonly Source[], allowed: (target: string, file: Source) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter(({ target }) => !allowed(target, file))
      .map(({ target }) => `${file.path} → ${target}`),
  );
}

/** What tests import. */
const TEST_FACES = ['testing', 'jest', 'vitest', 'nodeTest'].map((name) => `checker/${name}/`);
const FACES = ['checker/cli/', 'checker/report/', 'checker/graph/', ...TEST_FACES];
const isFace = (path: string) => FACES.some((face) => path.startsWith(face));
const core = inside('checker').filter(({ path }) => !isFace(path) && path !== 'checker/index.ts');

describe('who may import whom', () => {
  it('reads the sources', () => {
    expect(inside('spec').length).toBeGreaterThan(5);
    expect(core.length).toBeGreaterThan(15);
    expect(all.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
  });

  it('the language knows Immutable and itself', () => {
    expect(
      breaches(inside('spec'), (target) => target === 'immutable' || target.startsWith('spec/')),
    ).toEqual([]);
  });

  it('the engine knows none of its faces', () => {
    expect(
      breaches(
        core,
        (target) => !isFace(`${target}/`) && !/^node:(fs|process|readline|tty|child_process)/.test(target),
      ),
    ).toEqual([]);
  });

  it('the engine meets the language at its index', () => {
    const deep = breaches(
      inside('checker'),
      (target) => !target.startsWith('spec/') || target === 'spec/index',
    );
    expect(deep).toEqual([]);
  });

  it('reports turn a result into text: no command, no terminal, no file system', () => {
    const pure = (target: string) =>
      target.startsWith('checker/')
        ? !isFace(target) || target.startsWith('checker/report/')
        : ['spec/index', 'immutable', 'picocolors', 'node:path', 'node:url'].includes(target);
    expect(breaches(inside('checker/report'), pure)).toEqual([]);
  });

  it('the faces know the engine, and only the command line knows yargs and jiti', () => {
    const files = all.filter(({ path }) => !path.startsWith('checker/cli/'));
    const transform = 'checker/jest/transform.ts';
    expect(
      breaches(files, (target, { path }) => {
        if (target === 'jiti' && path === transform) return true;
        return !target.startsWith('yargs') && target !== 'jiti' && !target.startsWith('checker/cli');
      }),
    ).toEqual([]);
  });

  it('examples know the package by its public name, as a user does', () => {
    const own = (target: string, { path }: Source) =>
      target === 'everystate' ||
      target === 'immutable' ||
      target.startsWith(path.split('/').slice(0, 2).join('/')) ||
      (/^examples\/[^/]+$/.test(path) && target.startsWith('examples/'));
    expect(breaches(inside('examples'), own)).toEqual([]);
  });
});

/** From the ground up: each knows those before it, in values and types, and none after. */
const FLOORS = [
  'value',
  'model',
  'purity',
  'kernel',
  'trace',
  'learn',
  'exploration.ts',
  'budget',
  'store',
  'actions',
  'threads',
  'property',
  'audit',
  'search',
];
const floorOf = (path: string) => {
  const [, name = ''] = path.split('/');
  return FLOORS.findIndex((floor) => floor === name || floor === `${name}.ts`);
};

describe('the floors of the engine', () => {
  it('are all there, and hold the engine but for what is above them', () => {
    const above = ['compare', 'validate'].map((name) => `checker/${name}/`);
    const rooms = core.map(({ path }) => path).filter((path) => path.split('/').length > 2);
    expect(rooms.filter((path) => floorOf(path) < 0 && !above.some((room) => path.startsWith(room)))).toEqual(
      [],
    );
    for (const [floor] of FLOORS.entries())
      expect(core.some(({ path }) => floorOf(path) === floor)).toBe(true);
  });

  it('know only those below', () => {
    const floors = all.filter(({ path }) => path.startsWith('checker/') && floorOf(path) >= 0);
    const upwards = (target: string, { path }: Source) =>
      !target.startsWith('checker/') || (floorOf(target) >= 0 && floorOf(target) <= floorOf(path));
    expect(breaches(floors, upwards)).toEqual([]);
  });
});

describe('the map in ARCHITECTURE.md', () => {
  const map = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('## What must stay true')[0] ?? '';
  const paths = [...map.matchAll(/`((?:checker|spec|examples|bin|esm)\/[\w./]*)`/g)].map(
    ([, path = '']) => path,
  );

  it.each([...new Set(paths)])('%s is there', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
  });

  it('shows every folder, and the floors in their order', () => {
    const folders = [
      ...new Set(inside('checker').flatMap(({ path }) => path.match(/^checker\/\w+\//) ?? [])),
    ];
    expect(folders.filter((folder) => !paths.includes(folder))).toEqual([]);
    const floors = paths.filter((path) => path.startsWith('checker/') && floorOf(path) >= 0);
    const inTable = floors.filter((path) => path.endsWith('/') || path === 'checker/exploration.ts');
    expect(inTable.map(floorOf)).toEqual(FLOORS.map((_, floor) => floor));
  });
});

describe('the pages in docs/', () => {
  const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);

  it.each(pages)('%s names files that are there', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const named = [...text.matchAll(/`((?:checker|spec|examples|test|bench)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('import cycles', () => {
  it('has none between files that run', () => {
    const graph = new Map(
      sources('spec', 'checker', 'examples').map(({ path, imports }) => [
        path.replace(/\.ts$/, ''),
        imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target),
      ]),
    );
    expect(cycleIn(graph)).toBeUndefined();
  });
});

function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const follow = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node) || !graph.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = follow(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = follow(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('what only the command touches', () => {
  /** Source text without comments and strings: prose may say `console`. */
  const code = ({ text }: Source) =>
    text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '');

  it.each([
    ['process', /\bprocess\.\w/],
    ['the console', /\bconsole\b/],
    ['the clock', /\bDate\b|\bperformance\b/],
    ['chance', /\bMath\.random\b/],
  ])('%s', (what, pattern) => {
    const touching = [...inside('spec'), ...inside('checker')]
      .filter(({ path }) => !path.startsWith('checker/cli/'))
      .filter((file) => pattern.test(code(file)));
    // `check` and `validate` fall back on the clock where no caller gives them one: nobody else may.
    const allowed = pattern.test('performance') ? ['checker/check.ts', 'checker/validate/validate.ts'] : [];
    // Puts both out of the reach of the user's functions, and asks neither.
    if (/clock|chance/.test(what)) allowed.push('checker/model/chance.ts');
    expect(touching.map(({ path }) => path).filter((path) => !allowed.includes(path))).toEqual([]);
  });
});

describe("the engine's words in ARCHITECTURE.md", () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('### In the engine')[1] ?? '';
  const words = [...text.matchAll(/^\| (\S.*?) +\|.*\| `(\w+)` in `([\w./]+)` +\|$/gm)].map(
    ([, word = '', name = '', path = '']) => ({ word, name, path: `checker/${path}` }),
  );

  it('are a table, each of whose words stands somewhere in the code', () => {
    expect(words.length).toBeGreaterThan(10);
    const rows = text.match(/^\| [^-]/gm) ?? [];
    expect(words).toHaveLength(rows.length - 1); // the first is the table's head
  });

  it.each(words)('$word: $name is in $path', ({ name, path }) => {
    const file = all.find((it) => it.path === path);
    const code = file?.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe('what is learned', () => {
  /** Types and constants alone. */
  const PROMISES_NOTHING = ['row.ts', 'verdict.ts'];

  it('has a test file of its own for each source file, whose names say what that promises', () => {
    const files = inside('checker/learn').map(({ path }) => path.slice('checker/learn/'.length));
    const untested = files
      .filter((name) => !PROMISES_NOTHING.includes(name))
      .filter((name) => !existsSync(join(ROOT, 'test/learn', name.replace(/\.ts$/, '.test.ts'))));
    expect(untested).toEqual([]);
  });
});

describe('files', () => {
  it('are no longer than 400 lines', () => {
    const long = all.filter(({ path, text }) => path.startsWith('checker/') && text.split('\n').length > 401);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('have constructors of at most 5 parameters', () => {
    const wide = inside('checker').filter(({ widestConstructor }) => widestConstructor > 5);
    expect(wide.map(({ path }) => path)).toEqual([]);
  });

  it.each(['utils', 'helpers', 'manager', 'types', 'common', 'misc'])('none is named %s', (name) => {
    const named = all.filter(({ path }) => new RegExp(`(^|/)\\w*${name}(\\.|/)`, 'i').test(path));
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  it('only an index re-exports', () => {
    const barrels = all.filter(
      ({ path, text }) =>
        /^export (\*|\{[^}]*\}|type \{[^}]*\}) from/m.test(text) && !/(^|\/)index\.ts$/.test(path),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});
