import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { Notice } from '../Notice.tsx';
import type { More } from './more.ts';

const Below = styled('div')({ padding: 12 });

/** Under the last rows that could be had of a longer list: why there are no more, and a way to try again. */
export const MoreFailed = ({ more }: { more: More }) => (
  <Below>
    <Notice
      state="failed"
      action={
        <Button onClick={() => void more.fetchNextPage()} loading={more.isFetching}>
          Try again
        </Button>
      }
    >
      The rows after these can’t be loaded. {more.error?.message}
    </Notice>
  </Below>
);
