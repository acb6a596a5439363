import react from '@vitejs/plugin-react';
import { msw } from 'msw/vite';
import { defineConfig } from 'vite';

/*
 * What most pages share comes in two files rather than in forty: they compress better together, and the first screen stays
 * under 180 KB. Parts of packages that only forms, menus, dialogs and long tables need stay out of it.
 */
const components = { name: 'components', test: /\/src\/(?:ui|theme|api)\//, minShareCount: 4 };
const framework = {
  name: 'framework',
  test: /node_modules\/(?!zod|react-hook-form|@hookform|@tanstack\/(?:react-)?virtual|@mui\/material\/(?:Menu|Popover|Modal|Dialog|List|Grow|Fade|Paper|Backdrop|Portal|Unstable_TrapFocus)|@mui\/utils\/useRoving)/,
  minShareCount: 8,
};

/** `vite --mode mock` serves the dashboard on the mock; nothing of the mock gets into any other build. */
export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === 'mock' ? [msw({ mode: 'worker-only' })] : [])],
  // Every page is looked through at the start: a package that is found later would reload the page it is needed on.
  optimizeDeps: {
    entries: [
      'index.html',
      'src/**/*.{ts,tsx}',
      '!**/*.test.ts',
      ...(mode === 'mock' ? ['mocks/start.ts'] : []),
    ],
  },
  build: {
    outDir: mode === 'mock' ? 'dist/mock' : 'dist/dashboard',
    target: 'es2024',
    sourcemap: false,
    // Fonts and icons stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    // Top-level await in main.tsx is resolved by the module graph; a preload polyfill would be an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: [components, framework] } } },
  },
}));
