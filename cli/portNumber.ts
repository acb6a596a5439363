import { InvalidArgumentError } from 'commander';

/** Parses an argument that is a port. */
export function portNumber(text: string): number {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 1 to 65535.');
}

/** For an argument that takes several. */
export const portNumbers = (text: string, before: number[] | undefined): number[] => [
  ...(before ?? []),
  portNumber(text),
];
