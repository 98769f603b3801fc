import { defaultInstall, discoveryName } from '../../../src/operator/install/defaults.ts';
import { renderDiscoveryService } from '../../../src/operator/install/discovery-install.ts';
import { discoveryServiceModes } from '../../../src/operator/install/install-options.ts';
import type { DiscoveryServiceChoice } from '../../../src/operator/install/install-options.ts';

function renderObjects(mode: DiscoveryServiceChoice['mode']): unknown {
  const discoveryService = { mode, secret: '@secret@' };
  const objects = renderDiscoveryService({ ...defaultInstall, namespace: '@namespace@', discoveryService });
  return JSON.parse(JSON.stringify(objects).replaceAll(discoveryName, '@name@'));
}

/** files/discovery.json: the objects by mode, with words that the templates replace. */
export const discoveryFile = Object.fromEntries(
  discoveryServiceModes.filter((mode) => mode !== 'off').map((mode) => [mode, renderObjects(mode)]),
);
