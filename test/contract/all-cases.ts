/** The cases of the suite, by topic. */
import type { ContractCase } from './case.ts';
import { apiDiscoveryCases } from './cases/api-discovery.ts';
import { applyOwnershipCases } from './cases/apply-ownership.ts';
import { applyCases } from './cases/apply.ts';
import { builtInValidationCases } from './cases/built-in-validation.ts';
import { claimSizeCases } from './cases/claim-sizes.ts';
import { clusterCases } from './cases/cluster.ts';
import { crdChangeCases } from './cases/crd-changes.ts';
import { crdSubresourceCases } from './cases/crd-subresources.ts';
import { crdValidationCases } from './cases/crd-validation.ts';
import { crdCases } from './cases/crd.ts';
import { createCases } from './cases/create.ts';
import { defaultCases } from './cases/defaults.ts';
import { deleteCases } from './cases/delete.ts';
import { guardCases } from './cases/guards.ts';
import { immutableFieldCases } from './cases/immutable-fields.ts';
import { mediaTypeCases } from './cases/media-types.ts';
import { pagingCases } from './cases/paging.ts';
import { patchCases } from './cases/patch.ts';
import { projectCrdCases } from './cases/project-crds.ts';
import { readCases } from './cases/read.ts';
import { resourceVersionCases } from './cases/resource-version.ts';
import { strategicPatchCases } from './cases/strategic-patch.ts';
import { subresourceCases } from './cases/subresources.ts';
import { updateCases } from './cases/update.ts';
import { watchCases } from './cases/watch.ts';
import { writeCases } from './cases/writes.ts';
import { deploymentCases } from './controller-cases/deployments.ts';
import { garbageCases } from './controller-cases/garbage.ts';
import { serviceCases } from './controller-cases/services.ts';
import { statefulSetOrphanCases } from './controller-cases/stateful-set-orphans.ts';
import { statefulSetUpdateCases } from './controller-cases/stateful-set-updates.ts';
import { statefulSetCases } from './controller-cases/stateful-set.ts';

export const apiServerCases: readonly ContractCase[] = [
  ...createCases,
  ...readCases,
  ...pagingCases,
  ...resourceVersionCases,
  ...watchCases,
  ...updateCases,
  ...immutableFieldCases,
  ...patchCases,
  ...strategicPatchCases,
  ...applyCases,
  ...applyOwnershipCases,
  ...deleteCases,
  ...subresourceCases,
  ...defaultCases,
  ...builtInValidationCases,
  ...guardCases,
  ...claimSizeCases,
  ...crdCases,
  ...crdSubresourceCases,
  ...crdValidationCases,
  ...crdChangeCases,
  ...projectCrdCases,
  ...writeCases,
  ...mediaTypeCases,
  ...clusterCases,
  ...apiDiscoveryCases,
];

/** Cases that need the controllers of kube-controller-manager. */
export const controllerCases: readonly ContractCase[] = [
  // First, because kube-controller-manager's garbage collector keeps one of them waiting.
  ...garbageCases,
  ...statefulSetCases,
  ...statefulSetUpdateCases,
  ...statefulSetOrphanCases,
  ...deploymentCases,
  ...serviceCases,
];
