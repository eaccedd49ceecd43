// Prints where a Node of another version is, after fetching it from npm where it isn't yet: `node scripts/otherNode.mjs 24`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The binaries themselves, one package a platform: npm's `node` fetches the same ones by an install script.
const VERSIONS = { 22: '22.23.2', 24: '24.22.3' };
const version = VERSIONS[process.argv[2]];
if (version === undefined) {
  process.stderr.write(`Usage: node scripts/otherNode.mjs ${Object.keys(VERSIONS).join('|')}\n`);
  process.exit(2);
}
const platform = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${platform}-${process.arch}`;
const folder = fileURLToPath(new URL(`../node_modules/.cache/node-${version}`, import.meta.url));
const program = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
if (!existsSync(program)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-save', `${name}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}
process.stdout.write(`${program}\n`);
