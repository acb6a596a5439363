import Button from '@mui/material/Button';
import type { GatewayDocument } from '../../contract/gatewayConfig/document.ts';
import { documentText } from '../../contract/gatewayConfig/documentText.ts';
import { configFileName } from '../../contract/gatewayConfig/fileNames.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { download } from './download.ts';

/** What can be done with the whole configuration. `vpn` is the VPN's name. */
export const DocumentActions = ({ document, vpn }: { document: GatewayDocument; vpn: string }) => (
  <>
    <CopyButton size="medium" text={documentText(document)} label="Copy all" />
    <Button onClick={() => download(configFileName(vpn, document.kind), documentText(document))}>
      Download
    </Button>
    <Button onClick={() => print()}>Print</Button>
  </>
);
