import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { beCareful } from '../model/attended';
import { UsageError } from '../model/usageError';

/** The text of a file that option `--name` gave. Throws `UsageError` where it can't be read. */
export function readOption(name: string, path: string, directory: string): string {
  const file = resolve(directory, path);
  try {
    if (!statSync(file).isFile()) beCareful(); // what comes out of a pipe comes once
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--${name} ${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}
