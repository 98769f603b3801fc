/** A world with one Prometheus and one job, which is where most scenarios begin. */
import { monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

export const main = { namespace: 'monitoring', name: 'main' };

/** A Prometheus with one job, ready. */
export async function begin(world: World, spec: object = {}): Promise<void> {
  world.apply(prometheus('main', spec));
  world.apply(monitor('cart'));
  await world.until(() => world.condition('Available').startsWith('True'), 'main is available');
  await world.until(() => world.jobs().length === 1, 'the job is there');
  await world.pass(2000);
  world.writes.length = 0;
}
