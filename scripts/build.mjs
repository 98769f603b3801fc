// `node scripts/build.mjs [FILE]`: bundles src/main.ts into dist/stoker.mjs (or FILE): one file that starts fast and needs no
// node_modules.
import { build } from 'esbuild';
import { root } from './install.mjs';
import { leanBundle } from './lean-bundle.mjs';

await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: process.argv[2] ?? 'dist/stoker.mjs',
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
