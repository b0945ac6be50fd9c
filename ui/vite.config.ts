import { join } from 'node:path';
import { defineConfig } from 'vite';

/** `npm run dev:ui` shows the app as it is written, beside a hub on its usual port. */
export default defineConfig({
  root: import.meta.dirname,
  // Libraries that say where they may run are no news.
  logLevel: 'error',
  build: { outDir: join(import.meta.dirname, 'dist'), emptyOutDir: true, target: 'es2022' },
  server: { proxy: { '/api': 'http://127.0.0.1:5310' } },
});
