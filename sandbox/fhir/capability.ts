import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestSecurity,
} from 'fhir/r4'
import { parametersOf, parameterTypes } from './search-parameters'
import type { Offer, TypeRules } from './types'

/** Where to get a token, for `rest.security` (SMART's oauth-uris); undefined = an open endpoint. */
export interface OAuthUris {
  readonly authorize?: string
  readonly token: string
}

/** The CapabilityStatement of an endpoint: made from the same Offer that requests are held to, so that it cannot say anything else. */
export const capabilityStatement = (
  base: string,
  offer: Offer,
  date: string,
  oauth: OAuthUris | undefined,
  expands: boolean,
): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date,
  kind: 'instance',
  implementation: { description: offer.name, url: base },
  software: { name: 'Beforehand sandbox' },
  fhirVersion: '4.0.1',
  format: ['json', 'application/fhir+json'],
  rest: [
    {
      mode: 'server',
      security: security(oauth),
      resource: [
        ...Object.entries(offer.types).map(([type, rules]) => resourceOf(type, rules, offer, expands)),
        // $expand needs no stored ValueSets
        ...(expands && !Object.hasOwn(offer.types, 'ValueSet')
          ? [{ type: 'ValueSet' as const, operation: operationsOf('ValueSet', offer, expands) }]
          : []),
      ],
      ...system(offer),
    },
  ],
})

const system = (offer: Offer) => {
  const interaction = [
    ...(offer.batch ? [{ code: 'batch' as const }] : []),
    ...(offer.transaction ? [{ code: 'transaction' as const }] : []),
  ]
  return interaction.length > 0 ? { interaction } : {}
}

const resourceOf = (
  type: string,
  rules: TypeRules,
  offer: Offer,
  expands: boolean,
): CapabilityStatementRestResource => {
  const known = rules.searchParams
  const parameters = Object.entries(parametersOf(type)).filter(
    ([name]) => known === undefined || known.includes(name),
  )
  const searches = rules.interactions.includes('search-type')
  const operation = operationsOf(type, offer, expands)
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: rules.interactions.map((code) => ({ code })),
    versioning: rules.interactions.includes('update') ? 'versioned-update' : 'versioned',
    readHistory: rules.interactions.includes('vread'),
    updateCreate: false,
    conditionalCreate: rules.conditionalCreate && rules.interactions.includes('create'),
    conditionalRead: 'not-match',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal'],
    ...(searches ? { searchParam: parameters.map(([name, { kind }]) => ({ name, type: kind })) } : {}),
    ...(searches ? inclusions(type, offer) : {}),
    ...(operation.length > 0 ? { operation } : {}),
  }
}

const operationsOf = (type: string, offer: Offer, expands: boolean) => [
  ...(type === 'Patient' && offer.everything
    ? [{ name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' }]
    : []),
  ...(type === 'ValueSet' && expands
    ? [{ name: 'expand', definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand' }]
    : []),
]

const inclusions = (type: string, offer: Offer) => {
  const references = (source: string) =>
    Object.entries(parametersOf(source)).filter(([, parameter]) => parameter.kind === 'reference')
  const searchInclude = references(type).map(([name]) => `${type}:${name}`)
  const searchRevInclude = parameterTypes
    .filter((source) => Object.hasOwn(offer.types, source))
    .flatMap((source) =>
      references(source)
        .filter(([, { targets }]) => targets === undefined || targets.includes(type))
        .map(([name]) => `${source}:${name}`),
    )
  return {
    ...(searchInclude.length > 0 ? { searchInclude } : {}),
    ...(searchRevInclude.length > 0 ? { searchRevInclude } : {}),
  }
}

const security = (oauth: OAuthUris | undefined): CapabilityStatementRestSecurity => {
  if (!oauth) return { cors: true }
  const uris = Object.entries(oauth).map(([url, valueUri]) => ({ url, valueUri }))
  return {
    cors: true,
    service: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
        ],
      },
    ],
    extension: [
      { url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris', extension: uris },
    ],
  }
}
