import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keys } from './api/keys.ts';
import { createQueryClient } from './api/queryClient.ts';
import { createDashboardRouter } from './routes.tsx';
import './theme/fonts.css';
import { theme, themeStorageKey } from './theme/theme.ts';
import { PageAnnouncer } from './ui/PageAnnouncer.tsx';
import { Toasts } from './ui/Toasts.tsx';

if (import.meta.env.MODE === 'mock') await (await import('../mocks/start.ts')).start();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

// A refused request only asks for the session anew: the pages then see that nobody is signed in.
const queryClient = createQueryClient(() => void queryClient.invalidateQueries({ queryKey: keys.session }));
const router = createDashboardRouter(queryClient);

createRoot(root).render(
  <StrictMode>
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={themeStorageKey}>
      <CssBaseline />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
        <PageAnnouncer />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
