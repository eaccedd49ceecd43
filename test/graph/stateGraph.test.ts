import { UsageError, language, stateGraph } from 'everystate';
import { dotOf } from '../../checker/graph/dot';

interface State {
  readonly n: number;
}
const { action, spec } = language<State>();
const ring = spec({
  name: 'ring',
  constants: { N: 3 },
  environments: { large: { N: 9 } },
  init: { n: 0 },
  actions: ({ N }) => ({
    next: action({ effect: (s) => ({ n: (s.n + 1) % N }) }),
    jump: action({ guard: (s) => s.n === 0, effect: () => ({ n: 1 }) }),
  }),
});

describe('stateGraph', () => {
  it('has a node a state and an edge a step, also where two lead the same way', () => {
    const { graph, initial, capped } = stateGraph(ring);
    expect(graph.nodes()).toEqual(['n: 0', 'n: 1', 'n: 2']);
    expect(graph.edges().map(({ v, w, name }) => [v, name, w])).toEqual([
      ['n: 0', 'next', 'n: 1'],
      ['n: 0', 'jump', 'n: 1'],
      ['n: 1', 'next', 'n: 2'],
      ['n: 2', 'next', 'n: 0'],
    ]);
    expect(initial).toEqual(['n: 0']);
    expect(capped).toBe(false);
  });

  it('stops at its cap and says so', () => {
    const { graph, capped } = stateGraph(ring, { constants: { N: 5_000 } });
    expect(graph.nodeCount()).toBe(2_000);
    expect(capped).toBe(true);
    expect(stateGraph(ring, { maxStates: 2 }).graph.edgeCount()).toBe(2);
  });

  it('refuses a cap that is no number of states', () => {
    for (const maxStates of [0, -1, 1.5, NaN])
      expect(() => stateGraph(ring, { maxStates })).toThrow(UsageError);
  });

  it('says what it was made with', () => {
    const drawn = stateGraph(ring, { environment: 'large', maxStates: 4 });
    expect(drawn).toMatchObject({
      spec: 'ring',
      variant: null,
      constants: { N: 9 },
      bounds: { maxStates: 4 },
    });
    expect(dotOf(drawn)).toContain('label="ring · N=9 · at most 4 states"');
  });

  it('draws itself for Graphviz', () => {
    expect(dotOf(stateGraph(ring))).toContain('s0 -> s1 [label="jump"]');
  });
});
