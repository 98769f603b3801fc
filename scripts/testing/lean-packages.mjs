// Packages that tests load as lean as the bundle has them (../lean-bundle.mjs): as a whole, these two take a second of CPU time
// of every process that loads them.
import { leanBundle } from '../lean-bundle.mjs';

/** What the sources import of each. */
export const leanPackages = {
  '@dot-i/k8s-operator': `export { default } from '@dot-i/k8s-operator';`,
  '@kubernetes/client-node': `export { KubeConfig } from '@kubernetes/client-node';`,
};

export const packageOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
  write: false,
  plugins: [leanBundle],
  // CommonJS dependencies call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
};
