import { styled } from '@mui/material/styles';
import { type } from '../theme/tokens.ts';
import { Notice } from '../ui/Notice.tsx';

const Code = styled('code')(type.mono);

/** What is wrong outside the ports themselves. */

export const NoPortsDomain = () => (
  <Notice state="warning">
    This server doesn’t forward ports, because it has no domain for their addresses. Whoever runs it has to
    set <Code>CULVERT_PORTS_DOMAIN</Code> to a domain of which every name leads to it. What listens in the
    workspace is shown all the same.
  </Notice>
);

/** `problem` is a sentence that begins with the file: the agent keeps what it last understood of it. */
export const DeclarationProblem = ({ problem }: { problem: string | null }) =>
  problem !== null && (
    <Notice state="warning">
      The ports that the workspace declares can’t be read: {problem} What was declared before stays.
    </Notice>
  );
