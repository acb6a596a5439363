import { Page } from '../ui/Page.tsx';

export const VpnVerifyTab = () => <Page title="VpnVerifyTab">{null}</Page>;
