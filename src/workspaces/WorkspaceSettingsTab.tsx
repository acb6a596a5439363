import { Page } from '../ui/Page.tsx';

export const WorkspaceSettingsTab = () => <Page title="WorkspaceSettingsTab">{null}</Page>;
