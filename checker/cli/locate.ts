import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError, suggestion } from '../model/usageError';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];
const MOST_LISTED = 12;

/** The file that a path on the command line means: itself, or a folder's index or spec. Throws `UsageError`. */
export function locate(path: string, directory: string): string {
  const full = resolve(directory, path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (found?.isFile()) return full;
  if (found?.isDirectory()) return inFolder(path, full);
  throw new UsageError(`${path} does not exist${nearby(full)}`);
}

function inFolder(path: string, folder: string): string {
  const candidates = ['index', 'spec'].flatMap((name) => EXTENSIONS.map((extension) => name + extension));
  const found = candidates.find((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
  if (found !== undefined) return join(folder, found);
  const files = specFiles(folder);
  throw new UsageError(
    `${path} is a folder with neither an index.ts nor a spec.ts (or .mts, .cts, .js, .mjs, .cjs); ` +
      (files.length > 0 ? `name one of its files: ${files.slice(0, MOST_LISTED).join(', ')}` : 'name a file'),
  );
}

function nearby(full: string): string {
  const folder = dirname(full);
  const parent = statSync(folder, { throwIfNoEntry: false });
  if (!parent?.isDirectory()) return `: there is no folder ${folder}`;
  const files = specFiles(folder);
  if (files.length === 0) return `, nor does any other TypeScript or JavaScript file in ${folder}`;
  const near = suggestion(basename(full), files, 'file');
  return near.startsWith('; did') || files.length <= MOST_LISTED ? near.replace('it has', 'there are') : '';
}

function specFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || EXTENSIONS.some((extension) => entry.name.endsWith(extension)))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules' && !name.endsWith('.d.ts'));
}
