import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Explore } from '../../checker/explore/exploration';

const FAST = join(__dirname, '../../checker/explore/fast.ts');

/** The fast engine, as soon as there is one. */
export const exploreFast: Explore | undefined = existsSync(FAST)
  ? (require(FAST) as { exploreFast: Explore }).exploreFast
  : undefined;
