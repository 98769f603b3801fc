/** Fields of admissionregistration.k8s.io/v1, apiextensions.k8s.io/v1; the notation is explained in ../type-table.ts. */
export const extensionsTypes = `
# admissionregistration.k8s.io/v1
ValidatingWebhookConfiguration metadata:ObjectMeta+ webhooks:[ValidatingWebhook]=name
ValidatingWebhook admissionReviewVersions*:[s]+ clientConfig*:WebhookClientConfig+ failurePolicy:s?
  matchConditions:[MatchCondition]=name matchPolicy:s? name*:s+ namespaceSelector:LabelSelector?
  objectSelector:LabelSelector? rules:[RuleWithOperations] sideEffects*:s? timeoutSeconds:i?
WebhookClientConfig caBundle:y service:ServiceReference? url:s?
ServiceReference name*:s+ namespace*:s+ path:s? port:i?
MatchCondition expression*:s+ name*:s+
RuleWithOperations apiGroups:[s] apiVersions:[s] operations:[s] resources:[s] scope:s?
MutatingWebhookConfiguration metadata:ObjectMeta+ webhooks:[MutatingWebhook]=name
MutatingWebhook admissionReviewVersions*:[s]+ clientConfig*:WebhookClientConfig+ failurePolicy:s?
  matchConditions:[MatchCondition]=name matchPolicy:s? name*:s+ namespaceSelector:LabelSelector?
  objectSelector:LabelSelector? reinvocationPolicy:s? rules:[RuleWithOperations] sideEffects*:s? timeoutSeconds:i?
# apiextensions.k8s.io/v1
CustomResourceDefinition metadata:ObjectMeta+ spec*:CustomResourceDefinitionSpec+
  status:CustomResourceDefinitionStatus+
CustomResourceDefinitionSpec conversion:CustomResourceConversion? group*:s+ names*:CustomResourceDefinitionNames+
  preserveUnknownFields:b scope*:s+ versions*:[CustomResourceDefinitionVersion]+
CustomResourceConversion strategy*:s+ webhook:WebhookConversion?
WebhookConversion clientConfig:ApiextensionsWebhookClientConfig? conversionReviewVersions*:[s]+
ApiextensionsWebhookClientConfig caBundle:y service:ApiextensionsServiceReference? url:s?
ApiextensionsServiceReference name*:s+ namespace*:s+ path:s? port:i?
CustomResourceDefinitionNames categories:[s] kind*:s+ listKind:s plural*:s+ shortNames:[s] singular:s
CustomResourceDefinitionVersion additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:b
  deprecationWarning:s? name*:s+ schema:CustomResourceValidation? selectableFields:[SelectableField] served*:b+
  storage*:b+ subresources:CustomResourceSubresources?
CustomResourceColumnDefinition description:s format:s jsonPath*:s+ name*:s+ priority:i type*:s+
CustomResourceValidation openAPIV3Schema:o?
SelectableField jsonPath*:s+
CustomResourceSubresources scale:CustomResourceSubresourceScale? status:CustomResourceSubresourceStatus?
CustomResourceSubresourceScale labelSelectorPath:s? specReplicasPath*:s+ statusReplicasPath*:s+
CustomResourceSubresourceStatus
CustomResourceDefinitionStatus acceptedNames:CustomResourceDefinitionNames+
  conditions:[CustomResourceDefinitionCondition]=type+ observedGeneration:l storedVersions:[s]+
CustomResourceDefinitionCondition lastTransitionTime:t+ message:s observedGeneration:l reason:s status*:s+ type*:s+
`;
