import { version } from '../version.ts';
import { installName } from './defaults.ts';

/** What selectors go by: these never change. */
export const selectorLabels = {
  'app.kubernetes.io/name': installName,
  'app.kubernetes.io/instance': installName,
  'app.kubernetes.io/component': 'controller',
};

export const labels = { ...selectorLabels, 'app.kubernetes.io/version': version };
