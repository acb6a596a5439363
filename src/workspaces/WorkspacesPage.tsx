import { Page } from '../ui/Page.tsx';

export const WorkspacesPage = () => <Page title="WorkspacesPage">{null}</Page>;
