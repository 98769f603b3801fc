import { azureDiscovery } from './azure.ts';
import { consulDiscovery } from './consul.ts';
import { digitalOceanDiscovery } from './digital-ocean.ts';
import { dnsDiscovery } from './dns.ts';
import { dockerSwarmDiscovery } from './docker-swarm.ts';
import { dockerDiscovery } from './docker.ts';
import { ec2Discovery } from './ec2.ts';
import { eurekaDiscovery } from './eureka.ts';
import { fileDiscovery } from './file.ts';
import { gceDiscovery } from './gce.ts';
import { hetznerDiscovery } from './hetzner.ts';
import { httpDiscovery } from './http.ts';
import { ionosDiscovery } from './ionos.ts';
import { kubernetesDiscovery } from './kubernetes.ts';
import { kumaDiscovery } from './kuma.ts';
import { lightSailDiscovery } from './light-sail.ts';
import { linodeDiscovery } from './linode.ts';
import type { DiscoveryField, Mechanism } from './mechanism.ts';
import { nomadDiscovery } from './nomad.ts';
import { openStackDiscovery } from './openstack.ts';
import { ovhCloudDiscovery } from './ovhcloud.ts';
import { puppetDbDiscovery } from './puppet-db.ts';
import { scalewayDiscovery } from './scaleway.ts';
import { staticDiscovery } from './static.ts';

/** A mechanism whose items are taken as they come: `field` and items belong together by construction. */
type AnyMechanism = Omit<Mechanism, 'check' | 'render'> & Pick<Mechanism<never>, 'check' | 'render'>;

const table: { readonly [F in DiscoveryField]: Mechanism<F> } = {
  staticConfigs: staticDiscovery,
  fileSDConfigs: fileDiscovery,
  httpSDConfigs: httpDiscovery,
  kubernetesSDConfigs: kubernetesDiscovery,
  consulSDConfigs: consulDiscovery,
  dnsSDConfigs: dnsDiscovery,
  ec2SDConfigs: ec2Discovery,
  azureSDConfigs: azureDiscovery,
  gceSDConfigs: gceDiscovery,
  openstackSDConfigs: openStackDiscovery,
  digitalOceanSDConfigs: digitalOceanDiscovery,
  kumaSDConfigs: kumaDiscovery,
  eurekaSDConfigs: eurekaDiscovery,
  dockerSDConfigs: dockerDiscovery,
  linodeSDConfigs: linodeDiscovery,
  hetznerSDConfigs: hetznerDiscovery,
  nomadSDConfigs: nomadDiscovery,
  dockerSwarmSDConfigs: dockerSwarmDiscovery,
  puppetDBSDConfigs: puppetDbDiscovery,
  lightSailSDConfigs: lightSailDiscovery,
  ovhcloudSDConfigs: ovhCloudDiscovery,
  scalewaySDConfigs: scalewayDiscovery,
  ionosSDConfigs: ionosDiscovery,
};

/** All mechanisms in the order of their sections in a job. */
export const mechanisms: readonly AnyMechanism[] = Object.values(table);
