import { configResourceStatus } from './parts/status.ts';
import { monitoringGroup, resource } from './resource.ts';
import type { ResourceType } from './meta.ts';
import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { relabelConfig } from './parts/relabel.ts';
import { byteSize, duration, scheme, scrapeProtocol } from './parts/scalars.ts';
import { nativeHistogramFields, scrapeLimits } from './parts/scrape-settings.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { atomicMap, flag, list, nonEmpty, object, oneOf, optional, setOf, text } from './schema.ts';
import type { Static } from './schema.ts';
import { azureSDConfig } from './scrape-config/azure.ts';
import { consulSDConfig } from './scrape-config/consul.ts';
import { digitalOceanSDConfig } from './scrape-config/digital-ocean.ts';
import { dnsSDConfig } from './scrape-config/dns.ts';
import { dockerSDConfig } from './scrape-config/docker.ts';
import { dockerSwarmSDConfig } from './scrape-config/docker-swarm.ts';
import { ec2SDConfig } from './scrape-config/ec2.ts';
import { eurekaSDConfig } from './scrape-config/eureka.ts';
import { fileSDConfig } from './scrape-config/file.ts';
import { gceSDConfig } from './scrape-config/gce.ts';
import { hetznerSDConfig } from './scrape-config/hetzner.ts';
import { httpSDConfig } from './scrape-config/http.ts';
import { ionosSDConfig } from './scrape-config/ionos.ts';
import { kubernetesSDConfig } from './scrape-config/kubernetes.ts';
import { kumaSDConfig } from './scrape-config/kuma.ts';
import { lightSailSDConfig } from './scrape-config/light-sail.ts';
import { linodeSDConfig } from './scrape-config/linode.ts';
import { nomadSDConfig } from './scrape-config/nomad.ts';
import { openStackSDConfig } from './scrape-config/openstack.ts';
import { ovhCloudSDConfig } from './scrape-config/ovhcloud.ts';
import { puppetDBSDConfig } from './scrape-config/puppet-db.ts';
import { scalewaySDConfig } from './scrape-config/scaleway.ts';
import { staticConfig } from './scrape-config/static.ts';

export const scrapeConfigSpec = object(
  {
    authorization: optional(safeAuthorization, ''),
    azureSDConfigs: optional(list(azureSDConfig), ''),
    basicAuth: optional(basicAuth, ''),
    bodySizeLimit: optional(byteSize, ''),
    consulSDConfigs: optional(list(consulSDConfig), ''),
    digitalOceanSDConfigs: optional(list(digitalOceanSDConfig), ''),
    dnsSDConfigs: optional(list(dnsSDConfig), ''),
    dockerSDConfigs: optional(list(dockerSDConfig), ''),
    dockerSwarmSDConfigs: optional(list(dockerSwarmSDConfig), ''),
    ec2SDConfigs: optional(list(ec2SDConfig), ''),
    enableCompression: optional(flag, ''),
    enableHTTP2: optional(flag, ''),
    eurekaSDConfigs: optional(list(eurekaSDConfig), ''),
    fallbackScrapeProtocol: optional(scrapeProtocol, ''),
    fileSDConfigs: optional(list(fileSDConfig), ''),
    gceSDConfigs: optional(list(gceSDConfig), ''),
    hetznerSDConfigs: optional(list(hetznerSDConfig), ''),
    honorLabels: optional(flag, ''),
    honorTimestamps: optional(flag, ''),
    httpSDConfigs: optional(list(httpSDConfig), ''),
    ionosSDConfigs: optional(list(ionosSDConfig), ''),
    jobName: optional(nonEmpty, ''),
    kubernetesSDConfigs: optional(list(kubernetesSDConfig), ''),
    kumaSDConfigs: optional(list(kumaSDConfig), ''),
    lightSailSDConfigs: optional(list(lightSailSDConfig), ''),
    linodeSDConfigs: optional(list(linodeSDConfig), ''),
    metricRelabelings: optional(list(relabelConfig), '', { minItems: 1 }),
    metricsPath: optional(nonEmpty, ''),
    nameEscapingScheme: optional(oneOf('AllowUTF8', 'Underscores', 'Dots', 'Values'), ''),
    nameValidationScheme: optional(oneOf('UTF8', 'Legacy'), ''),
    nomadSDConfigs: optional(list(nomadSDConfig), ''),
    oauth2: optional(oauth2, ''),
    openstackSDConfigs: optional(list(openStackSDConfig), ''),
    ovhcloudSDConfigs: optional(list(ovhCloudSDConfig), ''),
    params: optional(atomicMap(list(text)), ''),
    puppetDBSDConfigs: optional(list(puppetDBSDConfig), ''),
    relabelings: optional(list(relabelConfig), '', { minItems: 1 }),
    scalewaySDConfigs: optional(list(scalewaySDConfig), ''),
    scheme: optional(scheme, ''),
    scrapeClass: optional(nonEmpty, ''),
    scrapeInterval: optional(duration, ''),
    scrapeProtocols: optional(setOf(scrapeProtocol), '', { minItems: 1 }),
    scrapeTimeout: optional(duration, ''),
    staticConfigs: optional(list(staticConfig), ''),
    tlsConfig: optional(safeTLSConfig, ''),
    trackTimestampsStaleness: optional(flag, ''),
    ...proxyFields,
    ...scrapeLimits,
    ...nativeHistogramFields,
  },
  {
    'x-kubernetes-validations': [
      {
        rule: '[has(self.authorization), has(self.basicAuth), has(self.oauth2)].filter(isSet, isSet).size() <= 1',
        message: 'only one of authorization, basicAuth and oauth2 may be set',
      },
    ],
  },
);

export type ScrapeConfigSpec = Static<typeof scrapeConfigSpec>;

export const scrapeConfigType: ResourceType = {
  group: monitoringGroup,
  version: 'v1alpha1',
  plural: 'scrapeconfigs',
  kind: 'ScrapeConfig',
  namespaced: true,
};

export const scrapeConfig = resource(scrapeConfigSpec, configResourceStatus);

export type ScrapeConfig = Static<typeof scrapeConfig>;
