import { Page } from '../ui/Page.tsx';

export const VpnActivityTab = () => <Page title="VpnActivityTab">{null}</Page>;
