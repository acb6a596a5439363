import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { PipelineRun } from '../../../contract/pipelines/pipelines.ts';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/Time.tsx';

/** No `div`, so that the first section of the form stays the first. */
const Space = styled('section')({ marginBottom: 22 });

/** The run that brought the admin here: what it was, and why it was refused. */
export const RefusedNotice = ({ run, action }: { run: PipelineRun; action?: ReactNode }) => (
  <Space>
    <Notice state="warning" action={action}>
      A run of <strong>{run.repository}</strong>
      {run.event !== null && <> ({run.event})</>} was refused <RelativeTime at={run.at} />: {run.message}
      {!run.knownOwner && (
        <>
          {' '}
          No rule names its owner, and anybody can come under such a name: compare the ids with those of your
          own repository before you trust it.
        </>
      )}
    </Notice>
  </Space>
);

export const GoneRunNotice = () => (
  <Space>
    <Notice state="warning">
      That refused run isn’t kept any more. Start it again, or fill in the repository here.
    </Notice>
  </Space>
);
