import { Page } from '../ui/Page.tsx';

export const CreateVpnPage = () => <Page title="CreateVpnPage">{null}</Page>;
