import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interruption } from '../../checker/cli/interruption';
import { readOption } from '../../checker/cli/read';
import { mayWait } from '../../checker/cli/waiting';
import { Watch, type Means } from '../../checker/cli/watch/watch';
import { attended, turn } from '../../checker/model/attended';
import { NoAnswer } from '../../checker/model/fault';

/** Means that do nothing, and note what they were asked for. */
class Noted implements Means {
  readonly asked: string[] = [];
  /** Milliseconds of processor time that have been taken. */
  taken = 0;
  stop: ((fault: NoAnswer) => void) | undefined;

  constructor(
    readonly closely = false,
    readonly parent: number | undefined = undefined,
  ) {}

  spent(): number {
    return this.taken;
  }

  thread(_: unknown, stop: (fault: NoAnswer) => void): { keepAlive(needed: boolean): void } {
    this.asked.push('thread');
    this.stop = stop;
    return { keepAlive: () => {} };
  }

  again(): void {
    this.asked.push('again');
  }
}

const lost: NoAnswer[] = [];

/** Has somebody look on by such means. */
function watch(means: Noted): Noted {
  const deaf = { on: () => {}, off: () => {}, exit: () => {} };
  void new Watch(new Interruption(deaf), (fault) => lost.push(fault), means);
  return means;
}

async function inTurns(turns: number, each: () => void = () => {}): Promise<string> {
  for (let i = 0; i < turns; i++) {
    await Promise.resolve();
    each();
    await turn();
  }
  return 'done';
}

describe('whoever looks on', () => {
  it('needs no thread for what is short, however many turns it takes', async () => {
    const means = watch(new Noted());
    expect(await attended(() => 1)).toBe(1);
    expect(await attended(() => inTurns(5))).toBe('done');
    await expect(attended(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(
      attended(() => {
        throw new Error('neither');
      }),
    ).rejects.toThrow('neither');
    expect(means.asked).toEqual([]);
  });

  it('has one from when the process has taken long', async () => {
    const means = watch(new Noted());
    const seen: number[] = [];
    const work = () =>
      inTurns(4, () => {
        seen.push(means.asked.length);
        if (seen.length === 2) means.taken = 2_000;
      });
    expect(await attended(work)).toBe('done');
    expect(seen).toEqual([0, 0, 1, 1]);
    expect(means.asked).toEqual(['thread']);
  });

  it('has one from when work waits for something else than its turn: it would go on unseen', async () => {
    const means = watch(new Noted());
    const work = async () => {
      await turn();
      await new Promise((resolve) => setTimeout(resolve, 1));
      return means.asked.length;
    };
    expect(await attended(work)).toBe(1);
  });

  it.each([
    ['from the first moment where that is asked for', new Noted(true)],
    ['from the first moment in a process that does again what another one had begun', new Noted(true, 1)],
  ])('has one %s', (_when, means) => {
    expect(watch(means).asked).toEqual(['thread']);
  });

  it('has all done again where something stands for too long, and concludes nothing from it', async () => {
    const means = watch(new Noted());
    let goneOn = false;
    const go = () => (goneOn = true);
    void attended(async () => {
      await turn();
      await Promise.resolve();
      for (;;);
    }, 50).then(go, go);
    while (means.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(means.asked).toEqual(['again']);
    expect(goneOn).toBe(false);
  });

  it('stops nothing of what is done with what attended work has come to', async () => {
    const means = watch(new Noted());
    await attended(() => 1, 50);
    const end = performance.now() + 200;
    while (performance.now() < end);
    expect(means.asked).toEqual([]);
  });

  it('ends work in the fault of a function that a thread has stopped; what nobody attends is lost', async () => {
    const means = watch(new Noted(true));
    const fault = new NoAnswer({ part: 'init', name: '' }, 2);
    const work = attended(() => new Promise(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 1));
    means.stop?.(fault);
    await expect(work).rejects.toBe(fault);
    means.stop?.(fault);
    expect(lost).toEqual([fault]);
  });
});

describe('a thread from the beginning', () => {
  const folder = mkdtempSync(join(tmpdir(), 'everystate-watch-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is for what can be read but once', async () => {
    const means = watch(new Noted());
    writeFileSync(join(folder, 'log'), 'x');
    expect(readOption('log', 'log', folder)).toBe('x');
    await attended(() => 1);
    expect(means.asked).toEqual([]);
    expect(readOption('log', '/dev/null', folder)).toBe('');
    await attended(() => 1);
    expect(means.asked).toEqual(['thread']);
  });

  it.each([
    ["import { execSync } from 'node:child_process';", true],
    ['const { readSync } = require("fs");', true],
    ["const crypto = await import('crypto');", true],
    ["const { connect } = require('./build/base.node');", true],
    ["import { join } from 'node:path';", false],
    ["import { Map } from 'immutable'; // not fs", false],
  ])('is for files that can wait in the system: %s', (text, may) => {
    writeFileSync(join(folder, 'spec.ts'), text);
    expect(mayWait(join(folder, 'spec.ts'))).toBe(may);
  });
});
