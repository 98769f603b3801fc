/** Versions that a spec without `version` means (docs/reference/rendering.md 7.1). */
export const defaultPrometheusVersion = 'v3.13.2';
export const defaultAlertmanagerVersion = 'v0.33.1';
export const defaultThanosVersion = 'v0.42.4';
