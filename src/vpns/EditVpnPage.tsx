import { Page } from '../ui/Page.tsx';

export const EditVpnPage = () => <Page title="EditVpnPage">{null}</Page>;
