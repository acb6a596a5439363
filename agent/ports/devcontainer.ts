import { REPORTED_PORTS_MAX } from '../../contract/agentConnection.ts';
import type { DeclaredPort, FromAgent } from '../../contract/agentProtocol.ts';
import { parseJsonWithComments } from './jsonWithComments.ts';
import { attributesOf, otherAttributesOf } from './portAttributes.ts';
import type { PortAttributes } from './portAttributes.ts';

/** What a devcontainer.json says of ports. */
export type Declaration = Pick<Extract<FromAgent, { type: 'declared-ports' }>, 'ports' | 'otherPorts'>;

export const nothingDeclared: Declaration = { ports: [], otherPorts: null };

/** More than the machine's whole range of useful ports would be listed one by one; nobody means that. */
const RANGE_MAX = 256;

/**
 * Reads `forwardPorts`, `portsAttributes` and `otherPortsAttributes` (containers.dev/implementors/json_reference). Whatever
 * isn't understood is left out: ports of other hosts, regular expressions, long ranges, values of another kind. It comes
 * from a repository, so nothing of it is trusted, and it never sets who may see a port.
 *
 * @returns a problem, as the end of a sentence, when the text as a whole can't be read
 */
export function readDevcontainer(
  text: string,
): { ok: true; declaration: Declaration } | { ok: false; problem: string } {
  const parsed = parseJsonWithComments(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: 'line 1, column 1: an object in braces is expected' };
  }
  const forwarded = numbersIn(memberOf(value, 'forwardPorts'));
  const attributes = attributesByPort(memberOf(value, 'portsAttributes'));
  const numbers = [...new Set([...forwarded, ...attributes.keys()])].slice(0, REPORTED_PORTS_MAX);
  const ports = numbers
    .toSorted((a, b) => a - b)
    .map((port): DeclaredPort => ({
      port,
      forward: forwarded.has(port),
      ...(attributes.get(port) ?? unsaid),
    }));
  const otherPorts = otherAttributesOf(memberOf(value, 'otherPortsAttributes'));
  return { ok: true, declaration: { ports, otherPorts } };
}

const unsaid: PortAttributes = { label: null, protocol: null, onAutoForward: null };

const memberOf = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 65_535;

/** A port of the replica itself: `3000`, `localhost:3000`, `127.0.0.1:3000`. */
const ownPort = /^(?:(?:localhost|127\.0\.0\.1):)?(\d{1,5})$/i;
const range = /^(\d{1,5})-(\d{1,5})$/;

function numbersIn(entries: unknown): Set<number> {
  if (!Array.isArray(entries)) return new Set();
  const numbers = entries.map((entry: unknown) =>
    typeof entry === 'string' ? Number(ownPort.exec(entry)?.[1]) : entry,
  );
  return new Set(numbers.filter((entry): entry is number => typeof entry === 'number' && isPort(entry)));
}

/** A port that is named itself first: what that leaves unsaid comes from ranges that hold it, in their order. */
function attributesByPort(entries: unknown): Map<number, PortAttributes> {
  const byPort = new Map<number, PortAttributes>();
  if (typeof entries !== 'object' || entries === null) return byPort;
  // Each names a port at least; thousands of ranges would take hundreds of megabytes.
  const keyed = Object.entries(entries)
    .slice(0, REPORTED_PORTS_MAX)
    .map(([key, value]) => ({ ports: portsOf(key), attributes: attributesOf(value) }));
  const isRange = ({ ports }: { ports: number[] }) => Number(ports.length > 1);
  for (const { ports, attributes } of keyed.toSorted((a, b) => isRange(a) - isRange(b))) {
    for (const port of ports) byPort.set(port, complete(byPort.get(port) ?? unsaid, attributes));
  }
  return byPort;
}

const complete = (first: PortAttributes, then: PortAttributes): PortAttributes => ({
  label: first.label ?? then.label,
  protocol: first.protocol ?? then.protocol,
  onAutoForward: first.onAutoForward ?? then.onAutoForward,
});

function portsOf(key: string): number[] {
  const [, first, last] = range.exec(key) ?? [];
  if (first === undefined) return [Number(ownPort.exec(key)?.[1])].filter(isPort);
  const length = Number(last) - Number(first) + 1;
  if (!(length >= 1 && length <= RANGE_MAX)) return [];
  return Array.from({ length }, (_, at) => Number(first) + at).filter(isPort);
}
