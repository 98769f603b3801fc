import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podMonitorSpec } from '../../../../../../src/api/pod-monitor.ts';
import { probeSpec } from '../../../../../../src/api/probe.ts';
import { prometheusSpec } from '../../../../../../src/api/prometheus.ts';
import { scrapeConfigSpec } from '../../../../../../src/api/scrape-config.ts';
import { serviceMonitorSpec } from '../../../../../../src/api/service-monitor.ts';
import { gates } from '../../../../../../src/core/render/prometheus/config/gates.ts';
import type { Gate } from '../../../../../../src/core/render/prometheus/config/gates.ts';

interface Node {
  readonly since?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node;
}

/** Notes such as "Prometheus 2.26.0" of the fields of a schema, by the field's name without case. */
function collectNotes(node: Node | undefined, found: Map<string, Set<string>>): void {
  if (typeof node !== 'object') return;
  for (const [name, field] of Object.entries(node.properties ?? {})) {
    const notes = found.get(name.toLowerCase()) ?? new Set();
    if (field.since?.startsWith('Prometheus ') === true) notes.add(field.since.replace(/^Prometheus | or .*$/g, ''));
    found.set(name.toLowerCase(), notes);
    collectNotes(field, found);
  }
  collectNotes(node.items, found);
  collectNotes(node.additionalProperties, found);
}

describe('version gates', () => {
  const notes = new Map<string, Set<string>>();
  for (const schema of [prometheusSpec, serviceMonitorSpec, podMonitorSpec, probeSpec, scrapeConfigSpec])
    collectNotes(schema as Node, notes);

  it('stand in the notes of the API fields that they are about', () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const [name, gate] of Object.entries(gates) as [string, Gate][]) {
      const told = notes.get((name.split('.').at(-1) ?? '').replaceAll('_', ''));
      if (told === undefined || told.size === 0 || gate.since === undefined) continue;
      compared += 1;
      if (!told.has(gate.since))
        wrong.push(`${name} is written since ${gate.since}, the API says ${[...told].join(', ')}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(compared > 20, `only ${compared} gates were compared`);
  });
});
