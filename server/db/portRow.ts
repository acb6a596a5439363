import type { Selectable } from 'kysely';
import type { PortProtocol } from '../../contract/ports.ts';
import type { PortTable } from './schema.ts';

type Named = Pick<Selectable<PortTable>, 'label' | 'declared_label'>;
type Spoken = Pick<Selectable<PortTable>, 'protocol' | 'declared_protocol'>;

/** What its owner called it, else what devcontainer.json calls it. */
export const labelOf = (row: Named): string | null => row.label ?? row.declared_label;

/** What its owner chose, else what devcontainer.json says, else http. */
export const protocolOf = (row: Spoken): PortProtocol => row.protocol ?? row.declared_protocol ?? 'http';

/** What a search looks into. */
export const searchOf = (row: Named & { number: number }): string =>
  `${row.number} ${labelOf(row) ?? ''}`.trim().toLowerCase();
