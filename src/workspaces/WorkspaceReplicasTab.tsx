import { Page } from '../ui/Page.tsx';

export const WorkspaceReplicasTab = () => <Page title="WorkspaceReplicasTab">{null}</Page>;
