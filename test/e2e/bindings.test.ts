import { describeBindings } from './suites/bindings.ts';
import { wholeCluster } from './support/identity.ts';

describeBindings('an operator with StatusForConfigurationResources', wholeCluster);
