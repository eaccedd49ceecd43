import { calls } from '../../model/calls';
import type { NoAnswer } from '../../model/fault';
import { Interruption } from '../interruption';
import type { Start } from '../start';
import { Watch } from './watch';

/** Has this process listen to requests to end, and look on while functions of a spec are called. */
export function begin(
  start: Start,
  onLost: (fault: NoAnswer) => void,
): { interruption: Interruption; watch: Watch } {
  const { again } = start;
  const interruption = new Interruption(process, again && ((then) => calls.at(again.made, then)));
  const watch = new Watch(interruption, onLost, {
    closely: again !== undefined || isDebugged(start),
    parent: again && process.ppid,
    spent: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    thread: (given, onStopped) => {
      const { WatchThread } = require('./thread') as typeof import('./thread');
      return new WatchThread(given, interruption, onStopped);
    },
    again: () => (require('./again') as typeof import('./again')).doAgain(start, interruption),
  });
  if (again) process.send?.('listening', () => process.disconnect?.());
  if (again?.asked) interruption.request('SIGINT');
  return { interruption, watch };
}

/** Whether somebody debugs this process: it may stand still for as long as they think. */
function isDebugged({ command: [first = ''], environment }: Start): boolean {
  // To ask takes a hundredth of a second, and none is debugged that wasn't told so.
  if (!first.startsWith('-') && !environment['NODE_OPTIONS']) return false;
  try {
    return (require('node:inspector') as typeof import('node:inspector')).url() !== undefined;
  } catch {
    return false;
  }
}
