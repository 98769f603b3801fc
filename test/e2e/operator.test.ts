import { describeMainController } from './suites/main-controller.ts';

describeMainController('the operator on a real API server');
