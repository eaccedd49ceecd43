import * as threads from 'node:worker_threads';

/**
 * Ends the threads that a file's tests have begun: idle ones wait for the next search, and one that is still starting keeps
 * its process from ending within the half second that Jest gives it.
 */
const begun: threads.Worker[] = [];
const { Worker } = threads;
const builtin = require('node:worker_threads') as { Worker: typeof Worker };

beforeAll(() => {
  builtin.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      begun.push(this);
    }
  };
});

afterAll(async () => {
  builtin.Worker = Worker;
  await Promise.all(begun.map((worker) => worker.terminate()));
});
