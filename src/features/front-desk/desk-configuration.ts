import type { AskWorld } from '../../domain/crd/ask'

/**
 * At the front desk every payer is asked with the desk's preset: advice on treatment is switched off (CRD dev-13). What a clinician
 * chose in What-if does not hold here.
 */
export const deskConfiguration: NonNullable<AskWorld['configurationOf']> = async (_, service) => {
  const { presetFor, settingsOf } = await import('../../domain/crd/configuration')
  return presetFor('front-desk', settingsOf(service))
}
