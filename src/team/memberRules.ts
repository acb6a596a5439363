import type { Member } from '../../contract/team.ts';

/**
 * Why this member can't stop being an admin or leave, seen from the members that are known: `all` says whether those
 * are all. The server decides; this only spares the attempt.
 */
export function lastAdminReason(member: Member, known: readonly Member[], all: boolean): string | undefined {
  if (member.role !== 'admin' || !all) return undefined;
  const others = known.some(({ id, role }) => role === 'admin' && id !== member.id);
  return others
    ? undefined
    : `${member.name} is the only admin of the team. Make somebody else an admin first.`;
}
