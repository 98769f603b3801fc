import { describeAlerting } from './suites/alerting.ts';
import { otherModes } from './support/identity.ts';

// With a ClusterRole it runs in alerting.test.ts.
for (const mode of otherModes) describeAlerting(`Alertmanagers and ThanosRulers with ${mode.title}`, mode);
