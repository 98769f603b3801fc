/** The operator as it is, with its page, on an embedded control plane that holds what the documentation walks through. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { readManifests } from '../../src/cli/manifests.ts';
import { applyObject, startControlPlane } from '../../src/cli/start/control-plane.ts';
import { createLog } from '../../src/operator/log.ts';
import { runOperator } from '../../src/operator/operator.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import { version } from '../../src/operator/version.ts';
import type { SandboxApi } from '../../src/sandbox/api.ts';
import type { CutOff } from '../e2e/support/cut-off.ts';
import { createCutOff } from '../e2e/support/cut-off.ts';

const root = join(import.meta.dirname, '..', '..');
/** Something is wrong in the first; all is well in the other but for what is wrong on purpose. */
const manifests = [join(root, 'docs', 'explain', 'shop.yaml'), join(root, 'examples')];

export interface LiveCluster {
  readonly api: SandboxApi;
  /** Of who may do everything. */
  readonly token: string;
  /** Between operators and the API server. */
  readonly wire: CutOff;
  /** Starts an operator. @param address of its page. Resolves with the port of the page, once it answers there. */
  start(address: string): Promise<number>;
  close(): Promise<void>;
}

export async function startLiveCluster(): Promise<LiveCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-live-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const plane = await startControlPlane({
    ...{ port: 0, kubeconfig, dataFile: undefined },
    onError: (controller, error) => process.stderr.write(`${controller}: ${String(error)}\n`),
  });
  for (const object of readManifests(manifests)) applyObject(plane.api, object);
  const wire = await createCutOff(plane.url);
  const text = readFileSync(kubeconfig, 'utf8');
  writeFileSync(kubeconfig, text.replaceAll(plane.url, `https://127.0.0.1:${wire.port}`));
  const stop = new AbortController();
  const running: Promise<void>[] = [];
  return {
    api: plane.api,
    token: /token['"]?: ['"]?([0-9a-f]+)/.exec(text)?.[1] ?? '',
    wire,
    start: (address) =>
      new Promise((resolve, reject) => {
        const options = parseOptions({
          ...{ kubeconfig: [kubeconfig], 'web.listen-address': ['127.0.0.1:0'], 'page.listen-address': [address] },
          'target-discovery': ['true'],
        });
        const log = {
          ...createLog({ level: 'error', format: 'logfmt', stream: process.stderr }),
          logger: silentLogger,
        };
        const deps = { options, env: {}, clock: createSystemClock(), random: Math.random, version, log };
        const onPage = (url: string): void => resolve(Number(new URL(url).port));
        const ended = runOperator({ ...deps, logger: silentLogger, onPage }, stop.signal);
        running.push(ended.catch(reject));
      }),
    close: async () => {
      stop.abort(new Error('stopped'));
      await Promise.all(running);
      await wire.cut();
      await plane.close();
      rmSync(folder, { recursive: true });
    },
  };
}
