import { InvalidArgumentError } from 'commander';
import { portNumber } from '../portNumber.ts';

/** A port of the workspace, and the one of this machine that leads there; 0: whichever is free. */
export type PortPair = { port: number; local: number };

/** `3000`, `5432:15432` or `5432:0`; for commander, which gathers them. */
export function portPair(text: string, before: readonly PortPair[] = []): PortPair[] {
  const [remote = '', local, ...rest] = text.split(':');
  if (rest.length > 0) throw new InvalidArgumentError('Name a port, or two: 3000, or 5432:15432.');
  const port = portNumber(remote);
  return [...before, { port, local: local === undefined ? port : local === '0' ? 0 : portNumber(local) }];
}
