import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDING_SIGNALS } from '../../checker/cli/interruption';
import { BIN, COUNTER, Folder } from './everystate';

/** Says so on standard error once it is searched: however busy the machine is, nobody interrupts sooner. */
const searching = COUNTER.replace(
  'init: { n: 0 }',
  "init: () => (process.stderr.write('searched\\n'), { n: 0 })",
);
const folder = new Folder({ 'counter.ts': searching });
afterAll(() => folder.remove());

/** A search of many states, so that there is time to interrupt it. */
const ENDLESS = [BIN, 'check', 'counter.ts', '-c', 'N=100000000'];

describe('an interrupted search', () => {
  it.each(ENDING_SIGNALS)(
    'by %s prints what it has found out, writes its file, and ends with 3',
    async (signal) => {
      const file = `${signal}.json`;
      const child = spawn(process.execPath, [...ENDLESS, '--format', 'json', '--out', file], {
        cwd: folder.path,
      });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      // `timeout` sends it twice
      child.stderr.once('data', () => child.kill(signal) && child.kill(signal));
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect(out).toContain('incomplete  it was interrupted');
      expect(code).toBe(3);
      const written = JSON.parse(readFileSync(join(folder.path, file), 'utf8')) as object;
      expect(written).toMatchObject({ verdict: 'incomplete', limit: 'aborted' });
    },
  );

  it('does not mind a reader that stops reading', async () => {
    const child = spawn(process.execPath, [BIN, 'graph', 'counter.ts', '-c', 'N=1900'], { cwd: folder.path });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('searched\n');
  });
});
