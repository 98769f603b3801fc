import { describeMainController } from './suites/main-controller.ts';
import { wholeCluster } from './support/identity.ts';

describeMainController('the operator on a real API server', wholeCluster);
