import twoPhaseCommit from '../../examples/two-phase-commit/spec';
import { check } from '../../checker/check';
import { expected } from '../../examples/expected';

// Fingerprints of 12 bits: states collide by the hundred.
jest.mock('../../checker/kernel/zobrist', () => {
  const { ZobristKeys } = jest.requireActual<typeof import('../../checker/kernel/zobrist')>(
    '../../checker/kernel/zobrist',
  );
  return {
    ZobristKeys: class extends ZobristKeys {
      override keyOf(...of: Parameters<InstanceType<typeof ZobristKeys>['keyOf']>): [number, number] {
        return [super.keyOf(...of)[0] & 0xfff, 0];
      }
    },
  };
});

const SMALL = expected.find(({ spec, constants }) => spec === twoPhaseCommit && constants?.['RMS'] === 4);

test('states that share a fingerprint are missed by fingerprints, and told apart where whole states are compared', async () => {
  const constants = { RMS: 4 };
  const count = SMALL?.distinct as number;
  const fingerprints = await check(twoPhaseCommit, { constants });
  expect(fingerprints.statistics.distinct).toBeLessThan(count);
  const exact = await check(twoPhaseCommit, { constants, exact: true });
  expect(exact.statistics.distinct).toBe(count);
  expect(exact.verdict).toBe('holds');
  expect(exact.statistics.learning).toMatchObject({ exact: true, missed: 0 });
});
