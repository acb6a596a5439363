import { Page } from '../ui/Page.tsx';

export const WorkspaceVpnsTab = () => <Page title="WorkspaceVpnsTab">{null}</Page>;
