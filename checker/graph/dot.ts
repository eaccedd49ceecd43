import { coloursOf } from '../report/colours';
import { titleOf } from '../report/title';
import type { StateGraph } from './stateGraph';

/** A state graph in Graphviz' language, initial states framed twice. */
export function dotOf(drawn: StateGraph): string {
  const { graph, initial } = drawn;
  const id = (name: string) => `s${graph.node(name) as number}`;
  return [
    'digraph {',
    `  label=${text(titleOf(drawn, coloursOf({})))}`,
    '  node [shape=box, fontname="monospace"]',
    ...graph
      .nodes()
      .map((name) => `  ${id(name)} [label=${text(name)}${initial.includes(name) ? ', peripheries=2' : ''}]`),
    ...graph.edges().map(({ v, w, name }) => `  ${id(v)} -> ${id(w)} [label=${text(name ?? '')}]`),
    '}',
    '',
  ].join('\n');
}

function text(label: string): string {
  return `"${label.replace(/[\\"]/g, '\\$&')}"`;
}
