import { dotOf } from '../../graph/dot';
import { stateGraph, type StateGraph } from '../../graph/stateGraph';
import { Fault } from '../../model/fault';
import { brokenText, counted, jsonConstants, type Json } from '../../report/index';
import { boundOf, textOf, wordOf, type Arguments } from '../arguments';
import { requireWritable, writeTo } from '../deliver';
import { EXIT } from '../exitCode';
import { select } from '../selected';
import type { Terminal } from '../terminal';

/** `everystate graph`: the reachable states and steps, to draw. Throws `UsageError`. */
export async function graphCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory } = terminal;
  const format = wordOf(args, 'format', ['dot', 'json']);
  const out = textOf(args, 'out');
  requireWritable({ out }, directory);
  const maxStates = boundOf(args, 'max-states', true);
  const { spec, under } = await select(args, terminal);
  let drawn: StateGraph;
  try {
    drawn = stateGraph(spec, { ...under, ...(maxStates !== undefined && { maxStates }) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    terminal.err(brokenText(error.details, { colour: false, directory }));
    return EXIT.broken;
  }
  const content = format === 'dot' ? dotOf(drawn) : `${JSON.stringify(jsonOf(drawn), null, 2)}\n`;
  if (out === undefined) terminal.out(content);
  else writeTo(out, content, directory);
  if (!drawn.capped) return EXIT.holds;
  const shown = counted(drawn.graph.nodeCount(), 'state');
  terminal.err(`everystate: the graph stops at ${shown}, the spec has more; raise it with --max-states\n`);
  return EXIT.incomplete;
}

function jsonOf({ graph, initial, capped, ...about }: StateGraph): Json {
  const id = (name: string) => graph.node(name) as number;
  return {
    everystate: 1,
    spec: about.spec,
    variant: about.variant,
    constants: jsonConstants(about.constants),
    overridden: jsonConstants(about.overridden),
    bounds: { ...about.bounds },
    initial: initial.map(id),
    states: graph.nodes(),
    steps: graph.edges().map(({ v, w, name }) => ({ from: id(v), to: id(w), step: name ?? '' })),
    capped,
  };
}
