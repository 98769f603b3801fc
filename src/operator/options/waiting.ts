const alertmanager = 'Alertmanager objects are not looked after yet';
const thanosRuler = 'ThanosRuler objects are not looked after yet';

/** Flags of the reference that are read, checked and do nothing, by name: what each of them waits for, or what to use. */
export const flagsWithoutEffect: Readonly<Record<string, string>> = {
  'alertmanager-default-base-image': alertmanager,
  'alertmanager-instance-namespaces': alertmanager,
  'alertmanager-instance-selector': alertmanager,
  'alertmanager-config-namespaces': alertmanager,
  'cluster-domain': alertmanager,
  'thanos-ruler-instance-namespaces': thanosRuler,
  'thanos-ruler-instance-selector': thanosRuler,
  'auto-gomemlimit-ratio': 'Node reads its limit at the start: set NODE_OPTIONS=--max-old-space-size=MIB instead',
};
