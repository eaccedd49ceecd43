import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/** Modules of Node's with functions that can wait in the system, or be at work there for long: nothing stops those. */
const WAITING = /['"`](?:node:)?(?:child_process|crypto|fs|sqlite|wasi|zlib|[^'"`\n]*\.node)['"`]/;

/** What we bring along waits for nothing but the disk. */
const OURS = [resolve(__dirname, '../..'), dirname(dirname(require.resolve('jiti')))].map(
  (folder) => folder + sep,
);

/**
 * Whether what a file of the spec's does may wait where nothing stops it, judged by the names in its text: to import a
 * module that is nowhere named takes pains.
 */
export function mayWait(file: string): boolean {
  try {
    return WAITING.test(readFileSync(file, 'utf8'));
  } catch {
    return false; // loading it will say so
  }
}

/** The files that have been run in this process but ours and those in a list. */
export function filesBeside(known: ReadonlySet<string>): string[] {
  return Object.keys(require.cache).filter(
    (file) => !known.has(file) && !OURS.some((folder) => file.startsWith(folder)),
  );
}
