import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import type { AssetStore } from '../../assets/store.ts';
import type { Rejection } from '../../rejection.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import type { ConfigContext } from '../../render/alertmanager/config/config-context.ts';
import { explainFault } from '../../render/alertmanager/config/fault-fields.ts';
import { prefixOf, renderConfigFragment } from '../../render/alertmanager/config/config-fragment.ts';
import type { ConfigFragment } from '../../render/alertmanager/config/config-fragment.ts';
import { ConfigFault } from '../../render/alertmanager/config/sanitize.ts';
import { seekFinding } from '../../findings.ts';
import type { Findings } from '../../findings.ts';
import { checkAgainstBase } from './check-against-base.ts';
import type { ConfigScope } from './check-alertmanager-config.ts';
import { checkForVersion } from './for-version.ts';

/** What came of one AlertmanagerConfig: its part of the configuration, or why it has none. */
export type ConfigVerdict = { readonly fragment: ConfigFragment } | { readonly rejection: Rejection };

export interface JudgeTools {
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
}

/**
 * Object in; accepted with its fragment, or rejected, out (docs/reference/rendering.md 5.11). What is wrong with an object is
 * charged to it alone, also when it comes out while it is converted: the reference stops the whole configuration then.
 */
export function* judgeConfig(
  object: AlertmanagerConfig,
  context: ConfigContext,
  tools: JudgeTools,
): Interruptible<ConfigVerdict> {
  const { version, base } = context;
  const namespace = object.metadata.namespace ?? '';
  const rejection = yield* seekFinding(
    checkConfig(object, { ...tools, namespace, version, baseIntervals: base.intervals }, context),
  );
  if (rejection !== undefined) return { rejection };
  try {
    return { fragment: yield* renderConfigFragment(object, context, tools) };
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return { rejection: explainFault(error, object) };
  }
}

/** All that is wrong with an object for one Alertmanager, but for what only its conversion shows. */
function* checkConfig(object: AlertmanagerConfig, scope: ConfigScope, { base }: ConfigContext): Findings {
  const { spec } = object;
  yield* checkForVersion(object, scope);
  yield* checkAgainstBase(spec, prefixOf(object), base);
}
