import { basename, relative, sep } from 'node:path';

/**
 * The words that call this command again, for the commands that reports print: `npx everystate` in a project
 * that has the package, `everystate` where it lies on the path, else the script itself.
 */
export function callName(script: string | undefined, directory: string): readonly string[] {
  if (script === undefined || script.split(sep).includes('node_modules')) return ['npx', 'everystate'];
  return basename(script).includes('.') ? ['node', relative(directory, script)] : ['everystate'];
}
