import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');
export const BIN = join(ROOT, 'bin/everystate.js');

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own with some files in it, in which the built command is run as a user would. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'everystate-cli-'));

  constructor(files: { readonly [name: string]: string } = {}) {
    if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('nothing is built: npm run build');
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.path, name), content);
  }

  run(...args: string[]): Ended {
    return this.runWith({}, ...args);
  }

  runWith(environment: NodeJS.ProcessEnv, ...args: string[]): Ended {
    const env: NodeJS.ProcessEnv = { ...process.env, ...environment };
    if (!('FORCE_COLOR' in environment)) delete env['FORCE_COLOR'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      cwd: this.path,
      env,
      encoding: 'utf8',
    });
    // What nobody may ever see: a stack of ours.
    expect(stdout + stderr).not.toMatch(/\n\s+at .*(dist|checker|node_modules)\//);
    return { code: status, out: stdout, err: stderr };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A small spec with a variant, an environment, constants of three types and a warning. */
export const COUNTER = `
import { language, variant } from 'everystate';
interface State { readonly n: number }
const { action, spec } = language<State>();
const counter = spec({
  name: 'counter',
  constants: { N: 3, LOSSY: false, LABEL: 'x' },
  environments: { big: { N: 30 } },
  init: { n: 0 },
  actions: ({ N }) => ({
    up: action({ guard: (s) => s.n < N, effect: (s) => ({ n: s.n + 1 }), says: (_, s) => \`counts from \${s.n}\` }),
    idle: action({ guard: () => false, effect: () => ({ n: 0 }) }),
  }),
  invariants: ({ N }) => ({ small: (s) => s.n <= N }),
  reachable: ({ N }) => ({ top: (s) => s.n === N }),
  final: (s, { N }) => s.n === N,
});
export default counter;
export const overshoots = variant(counter, 'overshoots', {
  actions: ({ N }) => ({ up: action({ guard: (s) => s.n <= N, effect: (s) => ({ n: s.n + 1 }) }) }),
});
export const other = spec({ name: 'other one', init: { n: 7 }, actions: { idle: action({ effect: () => ({ n: 7 }) }) } });
`;

/** A spec whose one effect is `body`, with the state `s` and the parameter `p`. */
export function specWith(body: string): string {
  return `
import { language } from 'everystate';
interface State { readonly n: number }
const { action, spec } = language<State>();
export default spec({
  name: 'faulty',
  init: { n: 0 },
  actions: {
    go: action({ p: [1, 2] }, { guard: (s) => s.n < 3, effect: (s: any, { p }): any => {
      ${body}
      return { n: s.n + 1 };
    } }),
  },
});
`;
}
