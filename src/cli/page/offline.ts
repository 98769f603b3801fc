import { complete } from '../../base/interruptible.ts';
import { alertmanagerType } from '../../api/alertmanager.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Subject } from '../../core/explain/facts.ts';
import type { ExplanationVerdict } from '../../core/explain/model.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import { answerOverview, answerQuestion } from '../../operator/explain/answer.ts';
import type { ChainData } from '../../web/page/page-source.ts';
import type { ReportData } from '../../web/page/views/report.ts';
import { readKubernetesVersion } from '../explain/explain-request.ts';
import { openFolder } from '../explain/folder-gatherer.ts';
import type { Folder } from '../explain/folder-gatherer.ts';
import { readOperator } from '../explain/scope-flags.ts';
import type { OperatorFlags } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
import { findManifest } from '../locate.ts';

export interface OfflinePageFlags extends OperatorFlags {
  readonly kubernetesVersion: string;
}

/** What a report on manifests is made from. @throws {ExitError} when a file cannot be used. */
export async function readReport(paths: readonly string[], flags: OfflinePageFlags, io: Io): Promise<ReportData> {
  const operator = readOperator(flags, readKubernetesVersion(flags.kubernetesVersion));
  const folder = openFolder(paths, { operator, urls: {}, signal: io.signal });
  const overview = await answerOverview({ ...folder, run: complete });
  const chains: ChainData[] = [];
  for (const subject of listSubjects(folder)) {
    const explanation = await answerQuestion({ subject }, { ...folder, run: complete });
    chains.push({ explanation, find: (name) => findManifest(folder.manifests, name)?.object });
  }
  return { overview, chains: chains.toSorted(compareChains), notes: overview.notes };
}

/** All that has a chain of its own, kind by kind. */
function listSubjects({ list }: Pick<Folder, 'list'>): Subject[] {
  const kinds = Object.keys(selectedKinds) as SelectedKind[];
  const name = ({ metadata }: KubernetesObject): { readonly namespace: string; readonly name: string } => ({
    namespace: metadata.namespace ?? 'default',
    name: metadata.name ?? '',
  });
  const listAll = (type: ResourceType): readonly KubernetesObject[] => list(type).list();
  return [
    ...kinds.flatMap((kind) => listAll(selectedKinds[kind].type).map((object) => ({ kind, ...name(object) }))),
    ...listAll(alertmanagerType).map((object) => ({ kind: 'Alertmanager' as const, ...name(object) })),
  ];
}

const worst: readonly ExplanationVerdict[] = [
  ...(['NotScraped', 'NotUsed', 'NotNotified', 'NotHealthy', 'PartlyScraped', 'Unknown'] as const),
  ...(['Scraped', 'Used', 'Notified', 'Healthy'] as const),
];

const compareChains = (a: ChainData, b: ChainData): number =>
  worst.indexOf(a.explanation.verdict) - worst.indexOf(b.explanation.verdict);
