/** Bundles the dialogs' page into the file that is named on the command line. */

import { build } from 'esbuild';

const [, , outfile = ''] = process.argv;

await build({
  entryPoints: ['tests/bridge-files/page.ts'],
  bundle: true,
  format: 'iife',
  platform: 'browser',
  outfile,
  logLevel: 'error',
  define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
  alias: { path: 'path-browserify' },
  loader: { '.svg': 'text', '.css': 'empty', '.png': 'empty', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty' }
});
