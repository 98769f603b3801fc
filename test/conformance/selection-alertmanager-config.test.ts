import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import type { AlertmanagerConfig } from '../../src/api/alertmanager-config.ts';
import type { Alertmanager } from '../../src/api/alertmanager.ts';
import { Version } from '../../src/base/version.ts';
import type { AssetObject } from '../../src/core/assets/store.ts';
import { RegexpCache } from '../../src/core/relabel/regexp-cache.ts';
import { describeConfigs } from '../../src/core/render/alertmanager/config/config-context.ts';
import { judgeConfig } from '../../src/core/select/alertmanager-config/judge.ts';
import { describeCases, dropNulls } from './cases.ts';
import { storeOf } from './config-adapter.ts';

interface Input {
  readonly alertmanagerConfig: AlertmanagerConfig;
  readonly version: string;
  readonly objects: AssetObject[] | null;
}

const alertmanager: Alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec: {} };

/** The recordings have no configuration to merge into: this one has all that receivers may take from it. */
const base = {
  global: {
    smtp_smarthost: 'mail:25',
    smtp_from: 'a@b.example',
    slack_api_url: 'https://slack.example',
    opsgenie_api_key: 'key',
    wechat_api_secret: 'secret',
    wechat_api_corp_id: 'corporation',
  },
};

describeCases<Input, undefined>('selection-alertmanagerConfig', ({ input, error }) => {
  const context = describeConfigs(alertmanager, { version: Version.parse(input.version) }, base);
  const tools = { assets: storeOf(input.objects), regexps: new RegexpCache() };
  const verdict = complete(judgeConfig(dropNulls(input.alertmanagerConfig), context, tools));
  const ours = 'rejection' in verdict ? `${verdict.rejection.field}: ${verdict.rejection.message}` : 'accepted';
  assert.equal('fragment' in verdict, error === null, `reference: ${error ?? 'accepted'}; ours: ${ours}`);
});
