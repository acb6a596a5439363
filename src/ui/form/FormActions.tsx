import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Notice } from '../Notice.tsx';
import { Row } from '../Panel.tsx';

const Box = styled('div')({ display: 'grid', gap: 12 });

type FormActionsProps = {
  /** The act by its name: “Create VPN”. */
  submit: string;
  loading: boolean;
  /** What went wrong with the whole form, in place, once. */
  error: ReactNode | undefined;
  children?: ReactNode;
};

/** The end of a form: what is wrong with it as a whole, the one filled button, other ways out. */
export const FormActions = ({ submit, loading, error, children }: FormActionsProps) => (
  <Box>
    {error !== undefined && <Notice state="failed">{error}</Notice>}
    <Row>
      <Button type="submit" variant="contained" color="primary" loading={loading}>
        {submit}
      </Button>
      {children}
    </Row>
  </Box>
);
