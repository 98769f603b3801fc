import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiDocsOutput } from './generate/api-docs.ts';
import { listChartOutputs } from './generate/chart.ts';
import { listCoreOutputs } from './generate/core.ts';
import { listCRDOutputs } from './generate/crds.ts';
import { flagsDocsOutput } from './generate/flags-docs.ts';
import { limitsDocsOutput } from './generate/limits-docs.ts';
import { listManifestOutputs } from './generate/manifests.ts';
import { metricsDocsOutput } from './generate/metrics-docs.ts';
import type { Output } from './generate/output.ts';
import { pageAssetsOutput } from './generate/page-assets.ts';
import { rbacDocsOutput } from './generate/rbac-docs.ts';
import { reasonsDocsOutputs } from './generate/reasons-docs.ts';
import { sandboxDocsOutput } from './generate/sandbox-docs.ts';

/**
 * Rewrites what is generated from the tables in src. `--check` writes nothing, names every file that is not up to
 * date and exits 1.
 */
const root = fileURLToPath(new URL('../', import.meta.url));

const outputs: readonly Output[] = [
  ...listCoreOutputs(),
  ...listCRDOutputs(),
  ...listManifestOutputs(),
  ...listChartOutputs(),
  apiDocsOutput,
  flagsDocsOutput,
  limitsDocsOutput,
  metricsDocsOutput,
  pageAssetsOutput,
  rbacDocsOutput,
  ...reasonsDocsOutputs,
  sandboxDocsOutput,
];

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, render } of outputs) {
  const file = join(root, path);
  const wanted = await render();
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === wanted) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wanted);
}

if (check && stale.length > 0) {
  process.stderr.write(`Not up to date: ${stale.join(', ')}. Run npm run generate and commit the result\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(
    `${String(outputs.length)} generated files: ${stale.length === 0 ? 'all up to date' : `${String(stale.length)} rewritten`}\n`,
  );
}
