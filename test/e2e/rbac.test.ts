import { describeBindings } from './suites/bindings.ts';
import { describeMainController } from './suites/main-controller.ts';
import { otherModes } from './support/identity.ts';

// The suites themselves run with a ClusterRole: operator.test.ts and bindings.test.ts.
for (const mode of otherModes) {
  describeMainController(`the operator with ${mode.title}`, mode);
  describeBindings(`bindings with ${mode.title}`, mode);
}
