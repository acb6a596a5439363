import { InvalidArgumentError } from 'commander';

/** What has to answer: a ping without a port, a TCP connection with one. */
export type CheckTarget = { address: string; port: number | null };

/**
 * `10.250.0.5`, or `10.250.0.5:5432`. Whether a VPN leads there, the server says.
 *
 * @throws InvalidArgumentError for anything else
 */
export function parseCheckTarget(text: string): CheckTarget {
  const [, address, port] = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  const number = port === undefined ? null : Number(port);
  if (address === undefined || (number !== null && (number < 1 || number > 65_535))) {
    throw new InvalidArgumentError(`“${text}” is no address to check. Use 10.250.0.5, or 10.250.0.5:5432.`);
  }
  return { address, port: number };
}

export const checkText = ({ address, port }: CheckTarget): string =>
  port === null ? address : `${address}:${port}`;
