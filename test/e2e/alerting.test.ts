import { describeAlerting } from './suites/alerting.ts';
import { wholeCluster } from './support/identity.ts';

describeAlerting('the operator with Alertmanagers and ThanosRulers on a real API server', wholeCluster);
