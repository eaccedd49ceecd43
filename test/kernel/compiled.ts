import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { CellBytes } from '../../checker/kernel/layout';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = `
  import { readFileSync } from 'node:fs';
  import { pathToFileURL } from 'node:url';
  const [script, width, beside] = process.argv.slice(1);
  const { compileKernel } = await import(pathToFileURL(script));
  const text = beside && readFileSync(0, 'utf8');
  const given = beside && { beside, read: (path) => (path === beside ? text : undefined) };
  const bytes = await compileKernel(Number(width), given);
  process.stdout.write(Buffer.from(bytes).toString('base64'));
`;

/**
 * What AssemblyScript's compiler makes of the kernel for cells that wide, in base 64; with what another
 * file beside its sources exports, where the text of one is given. In a process of its own: the compiler is a module that Jest can't load.
 */
export function compiled(width: CellBytes, text?: string): string {
  const words = [join(ROOT, 'scripts/bakeKernel.mjs'), String(width)];
  if (text !== undefined) words.push('checker/kernel/assembly/given.ts');
  return execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT, ...words], {
    input: text ?? '',
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
