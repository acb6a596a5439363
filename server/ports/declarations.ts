import { z } from 'zod';
import { DeclaredPort, OnAutoForward } from '../../contract/agentProtocol.ts';
import { portLabel } from '../../contract/ports.ts';
import { printable } from './printable.ts';

/** What a replica’s devcontainer.json says of ports, as `replica.declared_ports` keeps it. */
export const Declaration = z.object({
  ports: z.array(DeclaredPort),
  otherPorts: OnAutoForward.nullable(),
  problem: z.string().nullable(),
});
export type Declaration = z.infer<typeof Declaration>;

/** What all replicas of a workspace declare. */
export type Declared = {
  byNumber: ReadonlyMap<number, DeclaredPort>;
  otherPorts: Declaration['otherPorts'];
};

/** As it is stored: each port once, and no label that could not be given by hand. */
export const tidyDeclaration = ({ ports, otherPorts, problem }: Declaration): Declaration => ({
  ports: [...firstByNumber(ports).values()].map((port) => ({ ...port, label: showable(port.label) })),
  otherPorts,
  problem: problem === null ? null : printable(problem),
});

const showable = (label: string | null): string | null => portLabel.safeParse(label).data ?? null;

/**
 * Replicas of one workspace mostly hold the same file. Where they don’t, the first that names a port counts, so that one
 * without a checkout yet takes nothing away from the others.
 */
export const mergeDeclarations = (declarations: readonly Declaration[]): Declared => ({
  byNumber: firstByNumber(declarations.flatMap(({ ports }) => ports)),
  otherPorts: declarations.find(({ otherPorts }) => otherPorts !== null)?.otherPorts ?? null,
});

/**
 * What is wanted of a port that begins to listen. `otherPortsAttributes` may only keep ports from being forwarded: what
 * it would have forwarded is as usual, so that a file doesn’t forward a database that it doesn’t name.
 */
export function wishFor({ byNumber, otherPorts }: Declared, port: number): DeclaredPort['onAutoForward'] {
  const named = byNumber.get(port);
  if (named) return named.onAutoForward;
  return otherPorts === 'ignore' ? 'ignore' : null;
}

function firstByNumber(ports: readonly DeclaredPort[]): Map<number, DeclaredPort> {
  const first = new Map<number, DeclaredPort>();
  for (const port of ports) if (!first.has(port.port)) first.set(port.port, port);
  return first;
}
