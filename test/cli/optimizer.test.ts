import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { restraint } from '../../checker/cli/optimizer';
import { BIN } from './everystate';

const OPTIMIZER = join(__dirname, '../../dist/checker/cli/optimizer.js');

describe('the optimizer of V8', () => {
  it('is restrained in Node 20, and left alone where it knows no such setting', () => {
    expect(restraint('11.3.244.8-node.38')).toBe('--interrupt-budget=400000');
    expect(restraint('12.4.254.21-node.57')).toBeNull();
    expect(restraint('13.6.233.17-node.53')).toBeNull();
  });

  // V8 complains about what it doesn't know on standard error, and goes on.
  it('takes the setting', () => {
    const done = spawnSync(
      process.execPath,
      ['-e', `require(${JSON.stringify(OPTIMIZER)}).restrainOptimizer()`],
      { encoding: 'utf8' },
    );
    expect(done).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('is restrained by the command', () => {
    const flag = restraint(process.versions.v8);
    const tells = `data:text/javascript,import v8 from 'v8'; v8.setFlagsFromString = (flag) => console.error(flag)`;
    const done = spawnSync(process.execPath, ['--import', tells, BIN, '--version'], { encoding: 'utf8' });
    expect(done).toMatchObject({ status: 0, stderr: flag === null ? '' : `${flag}\n` });
  });

  it('would be heard to refuse another', () => {
    const done = spawnSync(process.execPath, ['-e', "require('v8').setFlagsFromString('--no-such-budget')"], {
      encoding: 'utf8',
    });
    expect(done.stderr).toContain('no-such-budget');
  });
});
