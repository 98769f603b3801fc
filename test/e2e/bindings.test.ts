import { describeBindings } from './suites/bindings.ts';

describeBindings('an operator with StatusForConfigurationResources');
