import { isValidLabelName } from '../relabel/label-names.ts';
import type { FileSdConfig, HttpSdConfig, PlainGroup } from '../targets/sd-config.ts';
import { checkClient, clientKeys } from './client-shape.ts';
import { checkHttpUrl } from './foreign-rules.ts';
import { clientOf } from './http-client.ts';
import { duration, text, textMapOf, texts } from './scalars.ts';
import { describe, keysOf, mapping, refuseIf } from './shape.ts';
import type { KeyReader } from './shape.ts';

/** Items of the mechanisms that need no API of anybody. */

const labelSet = textMapOf('model.LabelSet');

/** Labels that targets get: any name is one. */
const labels: KeyReader<Record<string, string>> = (value, context) => {
  const read = labelSet(value, context);
  const wrong = Object.keys(read).find((name) => !isValidLabelName(name, 'utf8'));
  refuseIf(wrong !== undefined, `"${wrong}" is not a valid label name`);
  return read;
};

export const staticGroup = mapping(
  describe('struct { Targets []string "yaml:\\"targets\\""; Labels model.LabelSet }', {
    keys: [...keysOf(texts, 'targets'), ...keysOf(labels, 'labels')],
    read: (values): PlainGroup => ({ targets: values.targets ?? [], labels: values.labels ?? {} }),
  }),
);

const paths: KeyReader<string[]> = (value, context) => {
  const read = texts(value, context);
  const wrong = read.find((path) => !/^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/.test(path));
  refuseIf(wrong !== undefined, `path name "${wrong}" is not valid for file discovery`);
  return read;
};

export const fileSdConfig = mapping(
  describe('file.plain', {
    keys: [...keysOf(paths, 'files'), ...keysOf(duration, 'refresh_interval')],
    read({ files, refresh_interval: interval }): FileSdConfig {
      const read = files ?? [];
      refuseIf(read.length === 0, 'file service discovery config must contain at least one path name');
      return { mechanism: 'file', files: read, refreshIntervalMs: (interval ?? 0) || 300_000 };
    },
  }),
);

export const httpSdConfig = mapping(
  describe('http.plain', {
    keys: [...keysOf(text, 'url'), ...keysOf(duration, 'refresh_interval'), ...clientKeys],
    check(fields) {
      checkClient(fields);
      checkHttpUrl(fields);
    },
    read: (values): HttpSdConfig => ({
      mechanism: 'http',
      url: values.url ?? '',
      refreshIntervalMs: (values.refresh_interval ?? 0) || 60_000,
      httpClient: clientOf(values),
    }),
  }),
);
