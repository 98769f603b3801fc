import type { Entries } from './entry.ts';

/** Link `port` of explain. */
export const portReasons = {
  PortFound: { code: 'STK1501', meaning: 'The port is there' },
  AllPorts: { code: 'STK1502', meaning: 'No port is chosen: every port is a target' },
  PortNotFound: {
    code: 'STK1503',
    meaning: 'No port has that name',
    example:
      'no port of the Service is named "metrics"; Service shop/checkout has http (80), http-metrics (8081); did you mean "http-metrics"?',
    mend: 'Write the name of a port of the Service (spec.ports[].name) into port of the endpoint, or name the port of the Service so.',
  },
  PortIsNumber: {
    code: 'STK1504',
    meaning: '`port` is a name, and what it holds is the number of a port',
    example: 'spec.endpoints[0].port "8081" is compared with names of ports, and it holds a number',
    mend: 'Write the name of the port into port, or the number into targetPort (ServiceMonitor) or portNumber (PodMonitor).',
  },
  TargetPortNotDeclared: {
    code: 'STK1505',
    meaning: 'No container declares the port that targetPort names',
    example:
      'spec.endpoints[0].targetPort 8081 is compared with the ports that containers declare; containers of Pod shop/checkout-supposed declare http (8080)',
    mend: 'Use port with the name of a port of the Service, or declare the port in spec.containers[].ports: what is not declared cannot be discovered.',
  },
  PortNotDeclared: {
    code: 'STK1506',
    meaning: 'No container declares a port of that name or number',
    example:
      'spec.podMetricsEndpoints[0].port "metrics" is compared with the ports that containers declare; containers of Pod shop/checkout-supposed declare http (8080), http-metrics (8081)',
    mend: 'Name a port that a container declares, or declare it in spec.containers[].ports.',
  },
  PortUnknown: { code: 'STK1507', meaning: 'No Pod is known, so ports of containers cannot be compared' },
} as const satisfies Entries;
