import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { relabelConfig } from './parts/relabel.ts';
import { byteSize, duration, scheme, scrapeProtocol } from './parts/scalars.ts';
import { nativeHistogramFields, scrapeLimits } from './parts/scrape-settings.ts';
import { configResourceStatus } from './parts/status.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { defineType, resource } from './resource.ts';
import { atomicMap, flag, list, nonEmpty, object, oneOf, optional, setOf, text } from './schema.ts';
import type { Static } from './schema.ts';
import { azureSDConfig } from './scrape-config/azure.ts';
import { consulSDConfig } from './scrape-config/consul.ts';
import { digitalOceanSDConfig } from './scrape-config/digital-ocean.ts';
import { dnsSDConfig } from './scrape-config/dns.ts';
import { dockerSwarmSDConfig } from './scrape-config/docker-swarm.ts';
import { dockerSDConfig } from './scrape-config/docker.ts';
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
    authorization: optional(
      safeAuthorization,
      'Authorization header to send. At most one of authorization, basicAuth and oauth2 may be set.',
      { since: 'Prometheus 2.26.0' },
    ),
    azureSDConfigs: optional(list(azureSDConfig), 'Discovers virtual machines of Azure.'),
    basicAuth: optional(
      basicAuth,
      'User name and password to send. At most one of authorization, basicAuth and oauth2 may be set.',
    ),
    bodySizeLimit: optional(
      byteSize,
      'Largest response in bytes, uncompressed, that a scrape accepts; a larger one fails the scrape.',
      { since: 'Prometheus 2.28.0' },
    ),
    consulSDConfigs: optional(list(consulSDConfig), 'Discovers services of Consul.'),
    digitalOceanSDConfigs: optional(list(digitalOceanSDConfig), 'Discovers droplets of DigitalOcean.', {
      since: 'Prometheus 2.20.0',
    }),
    dnsSDConfigs: optional(list(dnsSDConfig), 'Discovers addresses through DNS.'),
    dockerSDConfigs: optional(list(dockerSDConfig), 'Discovers containers of a Docker daemon.'),
    dockerSwarmSDConfigs: optional(list(dockerSwarmSDConfig), 'Discovers services, tasks or nodes of Docker Swarm.', {
      since: 'Prometheus 2.20.0',
    }),
    ec2SDConfigs: optional(list(ec2SDConfig), 'Discovers instances of AWS EC2.'),
    enableCompression: optional(flag, 'Whether compressed responses are asked for. True by default.', {
      since: 'Prometheus 2.49.0',
    }),
    enableHTTP2: optional(flag, 'Whether HTTP/2 may be used for scrapes. True by default.', {
      since: 'Prometheus 2.35.0',
    }),
    eurekaSDConfigs: optional(list(eurekaSDConfig), 'Discovers instances of a Eureka server.'),
    fallbackScrapeProtocol: optional(
      scrapeProtocol,
      'Protocol to assume when a response has no Content-Type or an unknown one.',
      { since: 'Prometheus 3.0.0' },
    ),
    fileSDConfigs: optional(
      list(fileSDConfig),
      'Reads targets from files, which you must mount into the Prometheus container.',
    ),
    gceSDConfigs: optional(list(gceSDConfig), 'Discovers instances of Google Compute Engine.'),
    hetznerSDConfigs: optional(list(hetznerSDConfig), 'Discovers servers of Hetzner.'),
    honorLabels: optional(
      flag,
      'When scraped labels clash with those of the target, keeps the scraped ones instead of renaming them to exported_. Forced to false by overrideHonorLabels of the Prometheus.',
    ),
    honorTimestamps: optional(
      flag,
      'Whether timestamps in the scraped data are used. True by default; forced to false by overrideHonorTimestamps of the Prometheus.',
    ),
    httpSDConfigs: optional(list(httpSDConfig), 'Fetches targets from a URL.', { since: 'Prometheus 2.28.0' }),
    ionosSDConfigs: optional(list(ionosSDConfig), 'Discovers servers of IONOS Cloud.', { since: 'Prometheus 2.36.0' }),
    jobName: optional(nonEmpty, 'Value of the job label. By default the object\'s "namespace/name" with a prefix.'),
    kubernetesSDConfigs: optional(list(kubernetesSDConfig), 'Discovers objects of Kubernetes.'),
    kumaSDConfigs: optional(list(kumaSDConfig), 'Discovers data planes of a Kuma control plane.'),
    lightSailSDConfigs: optional(list(lightSailSDConfig), 'Discovers instances of AWS Lightsail.', {
      since: 'Prometheus 2.27.0',
    }),
    linodeSDConfigs: optional(list(linodeSDConfig), 'Discovers instances of Linode.', { since: 'Prometheus 2.28.0' }),
    metricRelabelings: optional(
      list(relabelConfig),
      'Relabelling of scraped samples before they are stored; it may drop series.',
      { minItems: 1 },
    ),
    metricsPath: optional(nonEmpty, 'Path that is scraped. "/metrics" by default.'),
    nameEscapingScheme: optional(
      oneOf('AllowUTF8', 'Underscores', 'Dots', 'Values'),
      'How names with characters beyond the legacy set are written for targets that cannot send UTF-8.',
      { since: 'Prometheus 3.4.0' },
    ),
    nameValidationScheme: optional(oneOf('UTF8', 'Legacy'), 'Characters that names of metrics and labels may have.', {
      since: 'Prometheus 3.0.0',
    }),
    nomadSDConfigs: optional(list(nomadSDConfig), 'Discovers services of Nomad.'),
    oauth2: optional(
      oauth2,
      'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, basicAuth and oauth2 may be set.',
      { since: 'Prometheus 2.27.0' },
    ),
    openstackSDConfigs: optional(
      list(openStackSDConfig),
      'Discovers instances, hypervisors or load balancers of OpenStack.',
    ),
    ovhcloudSDConfigs: optional(list(ovhCloudSDConfig), 'Discovers servers of OVHcloud.', {
      since: 'Prometheus 2.40.0',
    }),
    params: optional(atomicMap(list(text)), 'Parameters of the scraped URL.'),
    puppetDBSDConfigs: optional(list(puppetDBSDConfig), 'Discovers resources in PuppetDB.', {
      since: 'Prometheus 2.31.0',
    }),
    relabelings: optional(
      list(relabelConfig),
      'Relabelling of targets before they are scraped. It may change the address or drop targets.',
      { minItems: 1 },
    ),
    scalewaySDConfigs: optional(list(scalewaySDConfig), 'Discovers instances of Scaleway.', {
      since: 'Prometheus 2.26.0',
    }),
    scheme: optional(scheme, 'Protocol of the scrape. http by default.'),
    scrapeClass: optional(
      nonEmpty,
      'Name of the scrape class of the Prometheus whose settings are merged in. The default class when not set.',
    ),
    scrapeInterval: optional(duration, 'Time between two scrapes. That of the Prometheus by default.'),
    scrapeProtocols: optional(
      setOf(scrapeProtocol),
      'Protocols to offer, the preferred one first. PrometheusText1.0.0 needs Prometheus 3.0.0.',
      { since: 'Prometheus 2.49.0', minItems: 1 },
    ),
    scrapeTimeout: optional(
      duration,
      'How long a scrape may take; at most the interval. That of the Prometheus by default.',
    ),
    staticConfigs: optional(list(staticConfig), 'Lists of targets.'),
    tlsConfig: optional(safeTLSConfig, 'TLS settings of the scrape.'),
    trackTimestampsStaleness: optional(
      flag,
      'Marks series as stale when they vanish even if their samples carry timestamps.',
      { since: 'Prometheus 2.48.0' },
    ),
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

export const scrapeConfigType = defineType('v1alpha1', 'ScrapeConfig', 'scrapeconfigs');

export const scrapeConfig = resource(scrapeConfigSpec, configResourceStatus);

export type ScrapeConfig = Static<typeof scrapeConfig>;
