import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretType } from '../../../src/api/builtin-types.ts';
import { inWorld, monitor, prometheus } from './world.ts';

/** Each level ten times the one before: 10⁹ values in half a kilobyte. */
const bomb = Array.from(
  { length: 9 },
  (_, at) =>
    `- {job_name: good, more: &a${at} [${Array(10)
      .fill(at === 0 ? 'x' : `*a${at - 1}`)
      .join(', ')}]}`,
).join('\n');

const secret = (yaml: string): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace: 'monitoring', name: 'more' },
  data: { yaml: Buffer.from(yaml).toString('base64') },
});

describe('a Secret of the configuration that is an alias bomb', () => {
  for (const [field, good] of [
    ['additionalScrapeConfigs', '- job_name: good\n'],
    ['additionalAlertManagerConfigs', '- static_configs: [{targets: [good]}]\n'],
    ['additionalAlertRelabelConfigs', '- {action: labeldrop, regex: good}\n'],
  ] as const)
    it(`as ${field} is told with field and bound; the last good configuration stays, and others go on`, () =>
      inWorld(async (world) => {
        const config = (): string =>
          JSON.stringify(world.api.get(secretType, { namespace: 'monitoring', name: 'prometheus-main' }));
        world.apply(secret(good));
        world.apply(prometheus('main', { [field]: { name: 'more', key: 'yaml' } }));
        world.apply(prometheus('other'));
        world.apply(monitor('cart'));
        await world.until(() => world.jobs().length > 0 && world.jobs('other').length === 1, 'the jobs are there');
        const before = config();
        world.apply(secret(bomb));
        await world.until(() => world.condition('Reconciled').startsWith('False'), 'the status says so');
        assert.match(
          world.condition('Reconciled'),
          new RegExp(`spec\\.${field}: .*aliases stand for \\d+ values, at most 250000`),
        );
        world.apply(monitor('search'));
        await world.until(() => world.jobs('other').length === 2, 'the other goes on');
        assert.equal(config(), before);
        world.apply(secret(good));
        await world.until(() => world.condition('Reconciled').startsWith('True'), 'a mended one is taken');
        assert.notEqual(config(), before);
      }));
});
