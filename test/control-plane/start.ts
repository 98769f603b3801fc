/**
 * Runs a control plane until SIGINT or SIGTERM, for development by hand:
 *
 *   node --import tsx test/control-plane/start.ts [--controller-manager]
 *
 * stdout: the path of the admin's kubeconfig, when all is ready.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startControlPlane } from './control-plane.ts';
import { locateControlPlane } from './locate.ts';

const { values } = parseArgs({ options: { 'controller-manager': { type: 'boolean', default: false } } });
const located = locateControlPlane();
if (located.skipped !== undefined) {
  process.stderr.write(`Cannot start a control plane: ${located.skipped}\n`);
  process.exit(3);
}
// The programs do not keep this process alive.
const alive = setInterval(() => undefined, 1 << 30);
const signal = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const controlPlane = await startControlPlane({ controllerManager: values['controller-manager'] });
process.stderr.write(
  `ready at ${controlPlane.server}; ${located.kubectl} --kubeconfig ${controlPlane.kubeconfigPath}\n`,
);
process.stdout.write(`${controlPlane.kubeconfigPath}\n`);
await signal;
clearInterval(alive);
await controlPlane.stop();
