import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** The Node that a stranger has: the one that runs the tests, or the program that EVERYSTATE_NODE names. */
const NODE = process.env['EVERYSTATE_NODE'] ?? process.execPath;

/** What a stranger gets: the packed tarball, unpacked into an empty project beside the packages it may need. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'everystate-package-'));
  readonly installed = join(this.folder, 'node_modules/everystate');
  readonly tarball: string;

  constructor() {
    if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('nothing is built: npm run build');
    const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', this.folder];
    const [{ filename }] = JSON.parse(this.run('npm', packing, ROOT)) as [{ filename: string }];
    this.tarball = join(this.folder, filename);
    mkdirSync(this.installed, { recursive: true });
    this.run('tar', ['-xzf', this.tarball, '--strip-components=1', '-C', this.installed]);
    for (const name of readdirSync(join(ROOT, 'node_modules')))
      if (name !== 'everystate' && !name.startsWith('.'))
        symlinkSync(join(ROOT, 'node_modules', name), join(this.folder, 'node_modules', name));
    this.write('package.json', '{ "name": "stranger", "private": true }');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(name: string, content: string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs a program, in the project if nothing else is said; all that it printed. Throws with that where it fails. */
  run(program: string, args: readonly string[], folder = this.folder): string {
    // Jest makes its workers force colour, and Vitest would take the JEST_WORKER_ID for its own.
    const { FORCE_COLOR: _colour, JEST_WORKER_ID: _worker, ...rest } = process.env;
    try {
      return execFileSync(program, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...rest, NO_COLOR: '1', NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stdout}\n${stderr}`);
    }
  }

  node(...args: string[]): string {
    return this.run(NODE, args);
  }

  everystate(...args: string[]): string {
    return this.node(join(this.installed, 'bin/everystate.js'), ...args);
  }

  /** Runs what a package of the project has to be run, in a folder of the project. */
  tool(file: string, args: readonly string[], folder = '.'): string {
    return this.run(NODE, [join(ROOT, 'node_modules', file), ...args], join(this.folder, folder));
  }
}
