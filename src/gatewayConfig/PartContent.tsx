import type { GatewayPart } from '../../contract/gatewayConfig/document.ts';
import { Checklist } from './Checklist.tsx';
import { ConfLines } from './ConfLines.tsx';
import { Sheet } from './Sheet.tsx';

/** What a part is called where it is spoken of: its place on the gateway, or its heading. */
export const partName = (part: GatewayPart): string =>
  part.kind === 'file' || part.kind === 'commands' ? part.name : part.title;

/** One thing that the network admin does, as it is shown. */
export function PartContent({ part }: { part: GatewayPart }) {
  switch (part.kind) {
    case 'file':
    case 'commands':
      return <ConfLines lines={part.lines} label={part.name} />;
    case 'steps':
      return <Checklist steps={part.steps} label={part.title} />;
    case 'sheet':
      return <Sheet rows={part.rows} label={part.title} />;
  }
}
