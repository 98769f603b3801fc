import { describeBindings } from './suites/bindings.ts';
import { describeMainController } from './suites/main-controller.ts';
import { accessModes } from './support/identity.ts';

for (const mode of accessModes) {
  describeMainController(`the operator with ${mode.title}`, mode);
  describeBindings(`bindings with ${mode.title}`, mode);
}
