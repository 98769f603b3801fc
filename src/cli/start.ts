import { createWriteStream, mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import type { KubernetesObject } from '../api/meta.ts';
import { createSystemClock, sleep } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import { createLog } from '../operator/log.ts';
import { runOperator } from '../operator/operator.ts';
import { parseOptions } from '../operator/options/options.ts';
import { version } from '../operator/version.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';
import { defaultKubeconfig, readPort, stopped } from './sandbox.ts';
import type { ControlPlane } from './start/control-plane.ts';
import { applyObject, noteLastApplied, startControlPlane } from './start/control-plane.ts';
import { listUnscraped } from './start/unscraped.ts';
import { Story, countKinds } from './start/story.ts';
import { listWorkloads } from './start/workloads.ts';
import type { ShownWorkload } from './start/workloads.ts';
import { startPatienceMs } from './limits.ts';

interface StartOptions {
  readonly port: string;
  readonly webPort: string;
  readonly pagePort: string;
  readonly examples: string;
  readonly once?: true;
}

const logFile = '.stoker/operator.log';
interface Begun {
  readonly controlPlane: ControlPlane;
  /** What was applied. */
  readonly objects: readonly KubernetesObject[];
}

/** `stoker start`, which `npm start` calls: everything on this machine, nothing else needed. */
export function addStartCommand(program: Command, io: Io): void {
  program
    .command('start')
    .description('everything on this machine: embedded control plane, operator, examples')
    .option('--port <port>', 'port of the API server on 127.0.0.1; 0 for any free one', '6443')
    .option('--web-port <port>', 'port of metrics and health on 127.0.0.1; 0 for any free one', '9081')
    .option('--page-port <port>', 'port of the page on 127.0.0.1; 0 for any free one', '9080')
    .option('--examples <dir>', 'manifests to apply at the start', 'examples')
    .option('--once', 'end as soon as the examples run: exit code 0, or 1 when they do not')
    .action(async (options: StartOptions) => {
      const story = new Story(io);
      const { controlPlane, objects } = await begin(story, options, io);
      const operator = startOperator(options, io);
      try {
        await tell(story, controlPlane, options);
        for (const one of await listUnscraped(objects, defaultKubeconfig, io)) story.warn(one.summary, one.command);
        if (options.once === true) return;
        sayWhatNext(story, listWorkloads(controlPlane.api), options);
        await Promise.race([stopped(io.signal), operator.finished]);
      } finally {
        await operator.stop();
        await controlPlane.close();
      }
    });
}

async function begin(story: Story, options: StartOptions, io: Io): Promise<Begun> {
  const port = options.once === true ? 0 : readPort(options.port);
  const controlPlane = await startControlPlane({
    port,
    kubeconfig: defaultKubeconfig,
    dataFile: undefined,
    onError: (controller, error) => io.stderr(`stoker: ${controller}: ${describeError(error)}\n`),
  }).catch((error: unknown) => {
    const hint = port === 0 ? '' : '; give another one with --port';
    throw new ExitError(
      exitCodes.failed,
      `Cannot start the control plane on port ${port}: ${describeError(error)}${hint}`,
    );
  });
  story.say(`Stoker ${version} · embedded control plane on ${controlPlane.url} (kubeconfig: ${defaultKubeconfig})\n`);
  story.done('CRDs installed');
  const objects = readManifests([options.examples]);
  for (const object of objects) applyObject(controlPlane.api, noteLastApplied(object));
  story.done(`${options.examples}/ applied: ${countKinds(objects)}`);
  return { controlPlane, objects };
}

interface RunningOperator {
  readonly finished: Promise<void>;
  stop(): Promise<void>;
}

/** The operator as `stoker run` runs it, over HTTPS; its log goes into a file. */
function startOperator(options: StartOptions, io: Io): RunningOperator {
  mkdirSync('.stoker', { recursive: true });
  const stream = createWriteStream(logFile);
  const [webPort, pagePort] = [options.webPort, options.pagePort].map((port) =>
    options.once === true ? 0 : readPort(port),
  );
  const parsed = parseOptions({
    kubeconfig: [defaultKubeconfig],
    'web.listen-address': [`127.0.0.1:${webPort}`],
    'page.listen-address': [`127.0.0.1:${pagePort}`],
    'target-discovery': ['true'],
  });
  const log = createLog({ level: 'info', format: 'logfmt', stream });
  const { logger } = log;
  const stopping = new AbortController();
  const deps = { options: parsed, env: {}, clock: createSystemClock(), random: Math.random, logger, log, version };
  const finished = runOperator(deps, stopping.signal).catch((error: unknown) => {
    io.stderr(`stoker: the operator ended: ${describeError(error)}\n`);
  });
  return {
    finished,
    stop: async () => {
      stopping.abort(new Error('stopped'));
      await finished;
      await new Promise((resolve) => stream.end(resolve));
    },
  };
}

/** Waits until every workload is available and says what came out. @throws {ExitError} when it takes too long. */
async function tell(story: Story, { api }: ControlPlane, options: StartOptions): Promise<void> {
  const clock = createSystemClock();
  const until = clock.monotonic() + startPatienceMs;
  for (;;) {
    const waiting = listWorkloads(api).filter(({ available }) => !available);
    if (waiting.length === 0) break;
    if (clock.monotonic() > until) {
      for (const { title, set, progress } of waiting) story.failed(`${title}: ${set}, ${progress}`);
      throw new ExitError(
        exitCodes.failed,
        `${options.examples}/ did not come up within ${startPatienceMs / 1000} s: see ${logFile}`,
      );
    }
    await sleep(clock, 50);
  }
  for (const { title, set, progress, config } of listWorkloads(api)) {
    story.done(`${title}: ${set}, ${progress}`);
    if (config !== undefined) story.done(`config written: ${config}`);
  }
}

function sayWhatNext(story: Story, workloads: readonly ShownWorkload[], { webPort, pagePort }: StartOptions): void {
  story.say(`
  Page      http://127.0.0.1:${pagePort}
  kubectl   export KUBECONFIG=$PWD/${defaultKubeconfig}
            kubectl get prometheus,alertmanager,alertmanagerconfig -A
  Config    ${workloads.flatMap(({ commands }) => commands).join('\n            ')}
  Try       kubectl -n shop label servicemonitor cart-canary release=main --overwrite
            kubectl -n monitoring patch prometheus main --type merge -p '{"spec":{"replicas":3}}'
            kubectl -n shop label alertmanagerconfig shop release-
  Why       npx stoker explain servicemonitor cart-canary -n shop
            npx stoker targets --prometheus monitoring/main
  Metrics   http://127.0.0.1:${webPort}/metrics   (and /healthz, /readyz, /explain/servicemonitor/shop/cart)
  Log       tail -f ${logFile}
Ctrl-C ends everything; nothing was installed on your machine outside this folder.`);
}
