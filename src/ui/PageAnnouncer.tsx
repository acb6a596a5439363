import { styled } from '@mui/material/styles';
import { visuallyHidden } from '../theme/tokens.ts';
import { useAnnouncedPage } from './pageTitle.ts';

const Region = styled('div')(visuallyHidden);

/** Reads out which page has been come to. One per dashboard, there from the start: screen readers know it only then. */
export const PageAnnouncer = () => <Region role="status">{useAnnouncedPage()}</Region>;
