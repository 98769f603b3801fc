import type { Command } from 'commander';
import type { KubernetesObject } from '../api/meta.ts';
import { createSystemClock, sleep } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import { version } from '../operator/version.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';
import { defaultKubeconfig, readPort, stopped } from './sandbox.ts';
import type { ControlPlane } from './start/control-plane.ts';
import { applyObject, noteLastApplied, startControlPlane } from './start/control-plane.ts';
import { logFile, startOperator } from './start/operator.ts';
import type { OperatorPorts } from './start/operator.ts';
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
      const ports = choosePorts(options);
      const controlPlane = await begin(options, io);
      const operator = startOperator(ports, io);
      try {
        const page = await operator.page;
        story.say(`Page  ${page}\n`);
        const objects = applyExamples(story, controlPlane, options);
        await tell(story, controlPlane, options);
        for (const one of await listUnscraped(objects, defaultKubeconfig, io)) story.warn(one.summary, one.command);
        if (options.once === true) return;
        sayWhatNext(story, listWorkloads(controlPlane.api), { ...options, page });
        await Promise.race([stopped(io.signal), operator.finished]);
      } finally {
        await operator.stop();
        await controlPlane.close();
      }
    });
}

/** @throws {ExitError} for what is no port. */
function choosePorts({ once, webPort, pagePort }: StartOptions): OperatorPorts {
  return once === true ? { web: 0, page: 0 } : { web: readPort(webPort), page: readPort(pagePort) };
}

/** @throws {ExitError} when its port cannot be used. */
function begin(options: StartOptions, io: Io): Promise<ControlPlane> {
  const port = options.once === true ? 0 : readPort(options.port);
  return startControlPlane({
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
}

/** What was applied. */
function applyExamples(story: Story, { url, api }: ControlPlane, { examples }: StartOptions): KubernetesObject[] {
  story.say(`Stoker ${version} · embedded control plane on ${url} (kubeconfig: ${defaultKubeconfig})\n`);
  story.done('CRDs installed');
  const objects = readManifests([examples]);
  for (const object of objects) applyObject(api, noteLastApplied(object));
  story.done(`${examples}/ applied: ${countKinds(objects)}`);
  return objects;
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

interface Next extends StartOptions {
  readonly page: string;
}

function sayWhatNext(story: Story, workloads: readonly ShownWorkload[], { webPort, page }: Next): void {
  story.say(`
  Page      ${page}
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
