import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'everystate';
import provisioning from '../../examples/provisioning';

const readme = readFileSync(join(__dirname, '../../examples/provisioning/README.md'), 'utf8');

it.each([
  [{ STARTS: 2 }, 2_399],
  [{ STARTS: 1 }, 55],
  [{ SLEDS: 1 }, 1_423],
  [{ INSTANCES: 2, STARTS: 1 }, 3_025],
  [{ duplicate: true, RETRIES: 1 }, 14_311],
  [{ duplicate: true, RETRIES: 2 }, 45_684],
  [{ BYSTANDERS: 1 }, 15_884],
  [{ BYSTANDERS: 2, PROJECTS: 2 }, 98_784],
])('%j: %i states', async (constants, states) => {
  const result = await check(provisioning, {
    constants: { BYSTANDERS: 0, DISKS: 0, ...constants },
    keepGoing: true,
  });
  expect(result.statistics.distinct).toBe(states);
  expect(result.statistics.frontier).toBe(0);
  expect(readme).toContain(` ${states.toLocaleString('en')} |`);
});

it('sizes scale the counters and nothing else', async () => {
  const constants = { BYSTANDERS: 0, DISKS: 0, CPUS: [16], FLOOR: -16 };
  expect((await check(provisioning, { constants, keepGoing: true })).statistics.distinct).toBe(2_399);
});
