// Compiles the kernel (checker/kernel/assembly) and leaves its bytes as a source of the engine, checker/kernel/baked.ts,
// where what is there was made from other sources. `node scripts/bakeKernel.mjs --check` only says whether it was.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = 'checker/kernel/assembly';
const BAKED = join(ROOT, 'checker/kernel/baked.ts');
/** Bytes of a cell, as the targets in asconfig.json are named. */
const WIDTHS = [1, 2, 4];

/** What the kernel is made of, and by which compiler. */
function sourcesOfKernel() {
  const own = readdirSync(join(ROOT, FOLDER)).filter((name) => name !== 'tsconfig.json');
  return [...own.sort().map((name) => `${FOLDER}/${name}`), 'checker/kernel/codes.ts'];
}

function hashOfSources() {
  const hash = createHash('sha256');
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  hash.update(devDependencies.assemblyscript);
  for (const path of sourcesOfKernel()) hash.update(`\0${path}\0${textOf(path)}`);
  return hash.digest('hex');
}

/** A checkout may have other line ends. */
function textOf(path) {
  return readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * The bytes of the kernel for states of cells that wide. `read` may give other texts for paths relative to the repository
 * (undefined: the file's own); what `beside`, a file, exports is exported as well. Throws with what the compiler has to say.
 */
export async function compileKernel(width, { read = () => undefined, beside } = {}) {
  const { main } = await import('assemblyscript/asc');
  let bytes;
  const { error, stderr } = await main(
    [
      ...(beside === undefined ? [] : [beside]),
      ...['--config', `${FOLDER}/asconfig.json`],
      ...['--target', `${width}`],
      ...['--baseDir', ROOT],
      ...['--outFile', 'kernel.wasm'],
    ],
    {
      readFile(name, folder) {
        const path = relative(ROOT, resolve(folder, name)).replaceAll('\\', '/');
        const given = read(path);
        if (given !== undefined) return given;
        try {
          return textOf(path);
        } catch {
          return null;
        }
      },
      writeFile(_name, contents) {
        bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`the kernel does not compile: ${stderr.toString()}${error.message}`);
  return bytes;
}

/** Whether the bytes were made from the sources as they are. */
export function isBaked() {
  try {
    return readFileSync(BAKED, 'utf8').includes(hashOfSources());
  } catch {
    return false;
  }
}

/** Makes the bytes anew, if need be. */
export default async function bakeKernel() {
  if (isBaked()) return;
  const lines = [];
  for (const width of WIDTHS)
    lines.push(`  ${width}: '${Buffer.from(await compileKernel(width)).toString('base64')}',`);
  // Whoever reads it in the meantime gets the old or the new one, whole.
  const draft = `${BAKED}.${process.pid}`;
  writeFileSync(
    draft,
    `// Made by scripts/bakeKernel.mjs from ${FOLDER}, of which it keeps the hash:
// ${hashOfSources()}
import type { CellBytes } from './layout';

/** The kernel's code for states of cells that wide, in base 64. */
export const BAKED: Readonly<Record<CellBytes, string>> = {
${lines.join('\n')}
};
`,
  );
  renameSync(draft, BAKED);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) await bakeKernel();
  else if (!isBaked()) {
    process.stderr.write(
      'checker/kernel/baked.ts is not made from the kernel as it is: npm run build makes it anew\n',
    );
    process.exitCode = 1;
  }
}
