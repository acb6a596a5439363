import { styled } from '@mui/material/styles';
import type { GatewayDocument } from '../../contract/gatewayConfig/document.ts';
import { color, type } from '../theme/tokens.ts';
import { Stack } from '../ui/Panel.tsx';
import { PartPanel } from './PartPanel.tsx';

const Notes = styled('ul')({
  ...type.body,
  display: 'grid',
  gap: 4,
  maxWidth: '84ch',
  paddingLeft: 18,
  '& > li::marker': { color: color.textTertiary },
});

type DocumentViewProps = {
  /** What is copied and downloaded. */
  document: GatewayDocument;
  /** The same as it is shown: the key may be hidden in it. */
  shown: GatewayDocument;
  /** The VPN's name. */
  vpn: string;
};

/** A gateway's configuration: what to know about it, then part by part. */
export const DocumentView = ({ document, shown, vpn }: DocumentViewProps) => (
  <Stack>
    {document.notes.length > 0 && (
      <Notes aria-label="What to know">
        {document.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </Notes>
    )}
    {document.parts.map((part, at) => (
      <PartPanel
        key={`${document.kind} ${at}`}
        part={part}
        shown={shown.parts[at] ?? part}
        kind={document.kind}
        vpn={vpn}
      />
    ))}
  </Stack>
);
