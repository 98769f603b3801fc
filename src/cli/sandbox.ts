import type { Command } from 'commander';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { startControlPlane } from './start/control-plane.ts';

export const defaultKubeconfig = '.stoker/kubeconfig';

export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExitError(exitCodes.usage, `Cannot listen on port "${text}": want a number from 0 to 65535`);
  }
  return port;
}

/** Resolves when the process is told to stop. */
export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** `stoker sandbox`: the embedded control plane alone. */
export function addSandboxCommand(program: Command, io: Io): void {
  program
    .command('sandbox')
    .description('run the embedded control plane alone: an API server in memory, with our CRDs')
    .option('--port <port>', 'port on 127.0.0.1; 0 for any free one', '6443')
    .option('--kubeconfig <file>', 'where to write the kubeconfig', defaultKubeconfig)
    .option('--data <file>', 'keep the state in this file')
    .addHelpText('after', '\nThen:  export KUBECONFIG=$PWD/.stoker/kubeconfig; kubectl get namespaces')
    .action(async (options: { port: string; kubeconfig: string; data?: string }) => {
      const controlPlane = await startControlPlane({
        port: readPort(options.port),
        kubeconfig: options.kubeconfig,
        dataFile: options.data,
        onError: (controller, error) => io.stderr(`stoker: ${controller}: ${String(error)}\n`),
      });
      io.stdout(`Embedded control plane on ${controlPlane.url} (kubeconfig: ${options.kubeconfig})\n`);
      await stopped(io.signal);
      await controlPlane.close();
    });
}
