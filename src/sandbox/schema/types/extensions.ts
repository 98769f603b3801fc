/** Fields of admissionregistration.k8s.io/v1, apiextensions.k8s.io/v1; the notation is explained in ../type-table.ts. */
export const extensionsTypes = `
# admissionregistration.k8s.io/v1
ValidatingWebhookConfiguration metadata:ObjectMeta+ webhooks:[ValidatingWebhook]=name
ValidatingWebhook name*:s+ clientConfig*:WebhookClientConfig+ rules:[RuleWithOperations] failurePolicy:s?
  namespaceSelector:LabelSelector? sideEffects*:s? timeoutSeconds:i? admissionReviewVersions*:[s]+ matchPolicy:s?
  objectSelector:LabelSelector? matchConditions:[MatchCondition]=name
WebhookClientConfig service:ServiceReference? caBundle:y url:s?
ServiceReference namespace*:s+ name*:s+ path:s? port:i?
MatchCondition name*:s+ expression*:s+
RuleWithOperations operations:[s] apiGroups:[s]#2.1 apiVersions:[s]#2.2 resources:[s]#2.3 scope:s?#2.4
MutatingWebhookConfiguration metadata:ObjectMeta+ webhooks:[MutatingWebhook]=name
MutatingWebhook name*:s+ clientConfig*:WebhookClientConfig+ rules:[RuleWithOperations] failurePolicy:s?
  namespaceSelector:LabelSelector? sideEffects*:s? timeoutSeconds:i? admissionReviewVersions*:[s]+ matchPolicy:s?
  reinvocationPolicy:s? objectSelector:LabelSelector? matchConditions:[MatchCondition]=name
# apiextensions.k8s.io/v1
CustomResourceDefinition metadata:ObjectMeta+ spec*:CustomResourceDefinitionSpec+
  status:CustomResourceDefinitionStatus+
CustomResourceDefinitionSpec group*:s+ names*:CustomResourceDefinitionNames+#3 scope*:s+
  versions*:[CustomResourceDefinitionVersion]+#7 conversion:CustomResourceConversion?#9 preserveUnknownFields:b
CustomResourceConversion strategy*:s+ webhook:WebhookConversion?
WebhookConversion clientConfig:ApiextensionsWebhookClientConfig?#2 conversionReviewVersions*:[s]+
ApiextensionsWebhookClientConfig service:ApiextensionsServiceReference? caBundle:y url:s?
ApiextensionsServiceReference namespace*:s+ name*:s+ path:s? port:i?
CustomResourceDefinitionNames plural*:s+ singular:s shortNames:[s] kind*:s+ listKind:s categories:[s]
CustomResourceDefinitionVersion name*:s+ served*:b+ storage*:b+ schema:CustomResourceValidation?
  subresources:CustomResourceSubresources? additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:b
  deprecationWarning:s? selectableFields:[SelectableField]
CustomResourceColumnDefinition name*:s+ type*:s+ format:s description:s priority:i jsonPath*:s+
CustomResourceValidation openAPIV3Schema:o?
SelectableField jsonPath*:s+
CustomResourceSubresources status:CustomResourceSubresourceStatus? scale:CustomResourceSubresourceScale?
CustomResourceSubresourceScale specReplicasPath*:s+ statusReplicasPath*:s+ labelSelectorPath:s?
CustomResourceSubresourceStatus
CustomResourceDefinitionStatus conditions:[CustomResourceDefinitionCondition]=type+
  acceptedNames:CustomResourceDefinitionNames+ storedVersions:[s]+ observedGeneration:l
CustomResourceDefinitionCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s observedGeneration:l
`;
