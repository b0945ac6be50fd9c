import '@mantine/core/styles.css';
import './styles.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './language.ts';
import { queries } from './queries.ts';
import { router } from './router.tsx';

const theme = createTheme({
  primaryColor: 'bro',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  colors: {
    // Fields and buttons of the dark scheme are of the same blue as its panels.
    dark: [
      ...['#e8edf1', '#c3ced8', '#a9b6c2', '#7d8b98', '#36424d'],
      ...['#2a343d', '#1f2830', '#1a2229', '#12181d', '#0c1115'],
    ] as never,
    bro: [
      ...['#eaf4f8', '#d4e6ee', '#a8cfe0', '#7cc4e3', '#63b3d6'],
      ...['#3b8fb5', '#22708f', '#14506b', '#0f4058', '#0a2f42'],
    ] as never,
  },
});

await startLanguage();
const root = document.getElementById('app');
if (root !== null) {
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
