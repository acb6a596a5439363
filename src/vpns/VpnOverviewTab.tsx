import { Page } from '../ui/Page.tsx';

export const VpnOverviewTab = () => <Page title="VpnOverviewTab">{null}</Page>;
