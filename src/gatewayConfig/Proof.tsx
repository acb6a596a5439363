import { styled } from '@mui/material/styles';
import type { GatewayDocument } from '../../contract/gatewayConfig/document.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { Tag } from '../ui/text.tsx';

const Badge = styled(Tag)({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
  '& > svg': { width: 11, height: 11 },
});

/** How much this kind of configuration has been tried. */
export const Proof = ({ proof }: Pick<GatewayDocument, 'proof'>) =>
  proof === 'loaded' ? (
    <Badge title="Our tests load what is generated into such a gateway, and a ping goes through.">
      <CheckIcon />
      Loaded by our tests
    </Badge>
  ) : (
    <Badge title="Written from the maker’s documents. Read it before you use it.">
      Template: not run by us
    </Badge>
  );
