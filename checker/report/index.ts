export { reportJson } from './json';
export { replayJson } from './jsonReplay';
export type { Json } from './jsonValue';
export type { ReportOptions } from './options';
export { selection } from './replayCommand';
export { reportText } from './text';
export { replayText } from './textReplay';
