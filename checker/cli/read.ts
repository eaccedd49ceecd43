import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../model/usageError';

/** The text of a file that option `--name` gave. Throws `UsageError` where it can't be read. */
export function readOption(name: string, path: string, directory: string): string {
  try {
    return readFileSync(resolve(directory, path), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--${name} ${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}
