// `node scripts/build.mjs [FILE] [--source-map]`: bundles src/main.ts into dist/stoker.mjs (or FILE): one file that starts fast and needs no
// node_modules. With a source map in FILE.map, which is not read when it runs.
import { build } from 'esbuild';
import { root } from './install.mjs';
import { leanBundle } from './lean-bundle.mjs';

const words = process.argv.slice(2);
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: words.find((word) => !word.startsWith('--')) ?? 'dist/stoker.mjs',
  ...(words.includes('--source-map') ? { sourcemap: 'external' } : {}),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifySyntax: true,
  minifyWhitespace: true,
  // Node prints the whole line that threw: it should fit into a log.
  lineLimit: 200,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [leanBundle],
  // CommonJS dependencies call require() for Node's own modules.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
});
