import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, type } from '../theme/tokens.ts';
import { Row } from './Panel.tsx';
import { StateShape } from './StateMark.tsx';

const Box = styled('div')({ display: 'grid', gap: 6, justifyItems: 'start', padding: '20px 18px' });
const Title = styled('h2')({
  ...type.heading,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  color: color.failed,
});
const Text = styled('p')({ maxWidth: '68ch' });
const Id = styled('p')({ ...type.small, color: color.textSecondary, '& code': type.mono });

type ErrorStateProps = {
  /** What could not be done: “The VPNs can’t be loaded”. */
  title: string;
  /** An `ApiProblem`: its message is shown, and its request id to look for in the server’s log. */
  error: Error & { requestId?: string | undefined };
  /** Tries again; without it there is nothing to try. */
  onRetry?: () => unknown;
  retrying?: boolean;
  actions?: ReactNode;
};

/** A list or page that could not be loaded: what, why, and a way to try again. */
export const ErrorState = ({ title, error, onRetry, retrying = false, actions }: ErrorStateProps) => (
  <Box role="alert">
    <Title>
      <StateShape state="failed" />
      {title}
    </Title>
    <Text>{error.message}</Text>
    {error.requestId !== undefined && (
      <Id>
        Request <code>{error.requestId}</code>, as the server’s log names it.
      </Id>
    )}
    <Row style={{ marginTop: 6 }}>
      {onRetry && (
        <Button onClick={() => void onRetry()} loading={retrying}>
          Try again
        </Button>
      )}
      {actions}
    </Row>
  </Box>
);
