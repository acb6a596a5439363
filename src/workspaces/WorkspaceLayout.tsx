import { Outlet } from '@tanstack/react-router';

export const WorkspaceLayout = () => <Outlet />;
