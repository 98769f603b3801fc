import type { ThanosRuler } from '../../../api/thanos-ruler.ts';
import type { OperatorSettings } from '../../settings.ts';
import { renderGoverningService } from '../shared/governing-service.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import type { Service, ServicePort } from '../shared/rendered-objects.ts';
import { crdDefaults, grpcPort, httpPort, thanosRulerOwner } from './ruler-workload.ts';

function listPorts([first]: readonly ThanosRuler[]): ServicePort[] {
  const name = unlessBlank(first?.spec.portName ?? crdDefaults.portName);
  return [
    { name: name ?? crdDefaults.portName, port: httpPort, targetPort: name ?? httpPort, protocol: 'TCP' },
    { name: 'grpc', port: grpcPort, targetPort: 'grpc', protocol: 'TCP' },
  ];
}

/**
 * The Service that the ThanosRuler objects of a namespace share (docs/reference/rendering.md 6.1).
 * @param all every ThanosRuler of the namespace that this operator manages.
 */
export function renderRulerService(all: readonly ThanosRuler[], settings: OperatorSettings): Service | undefined {
  const service = {
    name: 'thanos-ruler-operated',
    labels: { 'operated-thanos-ruler': 'true' },
    selector: { 'app.kubernetes.io/name': 'thanos-ruler' },
    owner: thanosRulerOwner,
    ports: listPorts,
  };
  return renderGoverningService(all, service, settings);
}
