import { Outlet } from '@tanstack/react-router';

export const VpnLayout = () => <Outlet />;
