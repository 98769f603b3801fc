import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadAlertmanagerConfig } from '../../src/core/alertmanager-config/load.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { askAmtool, readAmtoolVersion } from './support/amtool.ts';
import { makeAlertmanagerConfig } from './support/alertmanager-configs.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';

const seed = Number(process.env['STOKER_ALERTMANAGER_SEED'] ?? 20_260);
const count = Number(process.env['STOKER_ALERTMANAGER_CONFIGS'] ?? 3000);

describe('whole Alertmanager configurations', { skip: skipWithout('amtool') }, () => {
  it('are taken and refused as amtool takes and refuses them', { timeout: 600_000 }, (test) => {
    const draw = new Draw(createRandom(seed));
    const version = readAmtoolVersion();
    const made = Array.from({ length: count }, () => makeAlertmanagerConfig(draw));
    const theirs = askAmtool(made.map(({ text }) => text));
    let accepted = 0;
    const differing = made.flatMap(({ text, breaks }, index) => {
      const ours = loadAlertmanagerConfig(text, { version });
      const they = theirs[index];
      if (they === undefined) accepted++;
      if (ours.ok === (they === undefined)) return [];
      const our = ours.ok ? 'takes it' : `${ours.fault.path.join('.')}: ${ours.fault.message}`;
      return [`${index}: ${breaks.join('; ')}\n    ours: ${our}\n    amtool: ${they ?? 'takes it'}`];
    });
    test.diagnostic(
      `seed ${seed}: ${count} configs, ${accepted} accepted, ${count - accepted} refused; ${differing.length} differ`,
    );
    assert.deepEqual(differing, []);
  });
});
