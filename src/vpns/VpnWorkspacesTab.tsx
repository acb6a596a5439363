import { Page } from '../ui/Page.tsx';

export const VpnWorkspacesTab = () => <Page title="VpnWorkspacesTab">{null}</Page>;
