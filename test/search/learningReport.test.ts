import type { Learning, PartLearning } from '../../checker/exploration';
import { inAll } from '../../checker/search/learningReport';

const part = (action: string, plainly: string | null, runs: number) =>
  ({ action, runs, reads: [], cells: runs, plainly }) as PartLearning & { action: string };

const learning = (actions: Learning['actions']): Learning => ({
  calls: 1,
  audits: 1,
  auditSeconds: 0,
  unaudited: 0,
  cells: 1,
  whole: false,
  bytesAState: 1,
  missed: 0,
  exact: false,
  shared: 0,
  actions,
  properties: [],
});

test('an action is told of as the search has it that came last, and by the earlier one where it is still called plainly', () => {
  const earlier = learning([part('learned', 'each state is new', 9), part('called', 'it reads too much', 8)]);
  const now = learning([part('learned', null, 2), part('called', 'it reads too much', 0)]);
  expect(inAll(earlier, now).actions).toEqual([now.actions[0], earlier.actions[1]]);
});
