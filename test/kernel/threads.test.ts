import { kernelOn } from '../../checker/kernel/kernel';
import { CONTEXTS } from '../../checker/kernel/codes';
import { HEADER, TABLES } from '../../checker/kernel/layout';
import { Memory } from '../../checker/kernel/memory';
import { Threads } from '../../checker/threads/workers';

test('a thread that is woken though there is no new phase does not work again', async () => {
  const memory = new Memory();
  const threads = new Threads(memory, 1);
  const words = new Int32Array(memory.buffer as unknown as ArrayBuffer, 0, TABLES >> 2);
  const taken = () => Atomics.load(words, HEADER.NEXT_RANGE >> 2);
  threads.attach(1);
  await threads.whenReady();
  // There are no ranges: each thread asks for one, and is told so.
  threads.start();
  kernelOn(memory, 1).work(CONTEXTS);
  await threads.finished();
  expect(taken()).toBe(2);
  for (let k = 0; k < 20; k++) {
    // As the thread that started the phase does, where it is late.
    Atomics.notify(words, HEADER.PHASE >> 2);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(taken()).toBe(2);
  expect(Atomics.load(words, HEADER.BUSY >> 2)).toBe(0);
  await threads.release(true);
});
