import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Folder } from './everystate';

const folder = new Folder();
afterAll(() => folder.remove());

function write(files: { readonly [name: string]: string | object }): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** A spec that counts to what it imports, and so has one state more. */
const specOf = (module: string) => `
import { language } from 'everystate';
import { LIMIT } from '${module}';
const { action, spec } = language<{ readonly n: number }>();
export default spec({ name: 'counter', init: { n: 0 }, final: (s) => s.n === LIMIT, actions: {
  up: action({ guard: (s) => s.n < LIMIT, effect: (s) => ({ n: s.n + 1 }) }) } });
`;
const limit = (value: number) => `export const LIMIT = ${value};`;
const paths = (paths: object) => ({ compilerOptions: { paths } });

describe('the paths of the nearest tsconfig', () => {
  it.each<[string, { readonly [name: string]: string | object }]>([
    [
      'are followed',
      {
        'tsconfig.json': paths({ '@/*': ['./src/*'] }),
        'spec.ts': specOf('@/limit'),
        'src/limit.ts': limit(3),
      },
    ],
    [
      'are followed from a folder below',
      {
        'tsconfig.json': paths({ '@/*': ['./src/*'] }),
        'a/b/spec.ts': specOf('@/limit'),
        'src/limit.ts': limit(3),
      },
    ],
    [
      'are those that it extends, relative to where they are written',
      {
        'tsconfig.json': { extends: './config/base.json' },
        'config/base.json': paths({ '@/*': ['../src/*'] }),
        'spec.ts': specOf('@/limit'),
        'src/limit.ts': limit(3),
      },
    ],
    [
      'begin at baseUrl, which has some of its own',
      {
        'tsconfig.json': { compilerOptions: { baseUrl: './src', paths: { '#three': ['./limit'] } } },
        'spec.ts': specOf('inner/limit'),
        'src/inner/limit.ts': "export { LIMIT } from '#three';",
        'src/limit.ts': limit(3),
      },
    ],
    [
      'may stand among comments and end in commas',
      {
        'tsconfig.json': `{ // paths
          "compilerOptions": { /* "paths": {} */ "paths": { "@/*": ["./none/*", "./src/*",], }, }, }`,
        'spec.ts': specOf('@/limit'),
        'src/limit.ts': limit(3),
      },
    ],
    [
      'are those nearest to each file that is imported',
      {
        'tsconfig.json': paths({ '@/*': ['./package/src/*'] }),
        'spec.ts': specOf('@/limit'),
        'package/tsconfig.json': paths({ '@/*': ['./src/inner/*'] }),
        'package/src/limit.ts': "export { LIMIT } from '@/limit';",
        'package/src/inner/limit.ts': limit(3),
      },
    ],
    [
      'never stand in for everystate itself',
      {
        'tsconfig.json': paths({ everystate: ['./mine.ts'], '*': ['./src/*'] }),
        'mine.ts': "throw new Error('mine')",
        'spec.ts': specOf('limit'),
        'src/limit.ts': limit(3),
        'src/everystate.ts': "throw new Error('mine too')",
      },
    ],
    [
      'need not make sense where nothing is imported by them',
      {
        'tsconfig.json': { extends: './nowhere.json' },
        'spec.ts': specOf('./limit'),
        'limit.ts': limit(3),
      },
    ],
  ])('%s', (rule, files) => {
    const root = rule.replaceAll(' ', '-');
    write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`${root}/${name}`, content])));
    const spec = Object.keys(files).find((name) => name.endsWith('spec.ts'));
    const { out, err, code } = folder.run('check', `${root}/${spec}`);
    expect(err).toBe('');
    expect(out).toContain('4 distinct states');
    expect(code).toBe(0);
  });

  it.each<[string, string | object, string]>([
    ['is not closed', '{ "compilerOptions": {\n "paths": {', 'Unexpected token in line 3'],
    ['extends what is not there', { extends: './nowhere.json' }, "File './nowhere.json' not found."],
    [
      'has a path for a list',
      paths({ '@/*': './src/*' }),
      'its paths must map each pattern to a list of paths',
    ],
    ['has two stars', paths({ '@/*/*': ['./src/*'] }), "Pattern '@/*/*' can have at most one '*' character."],
  ])('are not followed in one that %s, and it says so', (fault, tsconfig, what) => {
    const root = fault.replaceAll(' ', '-');
    write({ [`${root}/tsconfig.json`]: tsconfig, [`${root}/spec.ts`]: specOf('@/limit') });
    const { out, err, code } = folder.run('check', `${root}/spec.ts`);
    expect(err).toBe(
      `everystate: cannot load ${root}/spec.ts: Cannot find module '@/limit'\n    at ${root}/spec.ts:3\n` +
        `    the paths of ${root}/tsconfig.json were not followed: ${what}\n`,
    );
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
