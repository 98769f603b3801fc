import { alertmanagerType } from '../../../api/alertmanager.ts';
import type { Alertmanager } from '../../../api/alertmanager.ts';
import { apiVersionOf } from '../../../api/meta.ts';
import type { OperatorSettings } from '../../settings.ts';
import { renderGoverningService } from '../shared/governing-service.ts';
import type { Service, ServicePort } from '../shared/rendered-objects.ts';
import { meshPort, meshPorts, webPort } from './alertmanager-container.ts';
import { nameLabel } from './alertmanager-labels.ts';
import { portNameOf } from './alertmanager-workload.ts';

function listPorts([first]: readonly Alertmanager[]): ServicePort[] {
  const name = portNameOf(first?.spec ?? {});
  return [
    { name, port: webPort, targetPort: name, protocol: 'TCP' },
    { name: 'tcp-mesh', port: meshPort, targetPort: meshPorts.tcp, protocol: 'TCP' },
    { name: 'udp-mesh', port: meshPort, targetPort: meshPorts.udp, protocol: 'UDP' },
  ];
}

/**
 * The Service that the Alertmanager objects of a namespace share (docs/reference/rendering.md 5.2). Peers find each other by it
 * before they are ready.
 * @param all every Alertmanager of the namespace that this operator manages.
 */
export function renderAlertmanagerService(
  all: readonly Alertmanager[],
  settings: OperatorSettings,
): Service | undefined {
  const service = {
    name: 'alertmanager-operated',
    labels: { 'operated-alertmanager': 'true' },
    selector: { ...nameLabel },
    owner: { apiVersion: apiVersionOf(alertmanagerType), kind: alertmanagerType.kind },
    ports: listPorts,
    publishNotReadyAddresses: true,
  };
  return renderGoverningService(all, service, settings);
}
