import { Page } from '../ui/Page.tsx';

export const VpnsPage = () => <Page title="VpnsPage">{null}</Page>;
