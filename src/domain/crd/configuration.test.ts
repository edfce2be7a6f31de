import { describe, expect, it } from 'vitest'
import {
  configurationFor,
  configurationKey,
  configurationToSend,
  type HookConfiguration,
  isSameChoice,
  presetFor,
  readConfiguration,
  roleOf,
  settingsOf,
  settingValue,
  unusableOptions,
} from './configuration'

const option = (code: string, type: string, fallback?: unknown) => ({
  code,
  type,
  name: code,
  ...(fallback !== undefined && { default: fallback }),
})
const of = (...configurationOptions: ReturnType<typeof option>[]) => ({ configurationOptions })

describe('options of a service', () => {
  const read: readonly (readonly [ReturnType<typeof option>, object | undefined])[] = [
    [option('cost', 'boolean', true), { kind: 'boolean', fallback: true, isForced: false }],
    [option('max-cards', 'integer', 10), { kind: 'integer', fallback: 10 }],
    [option('priorauth', 'boolean', 'true'), { kind: 'boolean', fallback: true }],
    [option('max-cards', 'integer', '10'), { kind: 'integer', fallback: 10 }],
    [option('limits', 'boolean', 'maybe'), { kind: 'boolean' }],
    [option('limits', 'unknown', 'false'), { kind: 'boolean', fallback: false }],
    [option('limits', 'unknown', 3), { kind: 'integer', fallback: 3 }],
    [option('unsolicited-determ', 'boolean', true), { isForced: true }],
    [option('max-cards', 'integer', 1.5), { kind: 'integer' }],
    [option('label', 'string', 'hello'), undefined],
    [option('__proto__', 'boolean', true), undefined],
  ]
  it.each(read)('are read with their type: %j', (given, expected) => {
    const [setting] = settingsOf(of(given))
    if (expected === undefined) expect(unusableOptions(of(given))).toEqual([given.code])
    else expect(setting).toMatchObject(expected)
  })

  const settings = settingsOf(
    of(
      option('coverage-info', 'boolean', true),
      option('guideline', 'boolean', true),
      option('claim', 'boolean', true),
      option('max-cards', 'integer', 10),
      option('unsolicited-determ', 'boolean', true),
    ),
  )

  it('have a preset for the front desk and one for clinicians', () => {
    expect(presetFor('front-desk', settings)).toEqual({
      'coverage-info': true,
      guideline: false,
      claim: true,
      'max-cards': 5,
    })
    expect(presetFor('clinician', settings)).toEqual({
      'coverage-info': true,
      guideline: true,
      claim: false,
      'max-cards': 10,
    })
  })

  const sent: readonly (readonly [string, HookConfiguration, 'primary' | 'secondary', HookConfiguration])[] =
    [
      ['nothing but what what-if always sends', {}, 'primary', {}],
      ['chosen values', { claim: false, 'max-cards': 3 }, 'primary', { claim: false, 'max-cards': 3 }],
      ['no values of another type', { claim: 1, 'max-cards': true }, 'primary', {}],
      ['nothing that is not offered', { network: true, constructor: true }, 'primary', {}],
      ['no fractions', { 'max-cards': 1.5 }, 'primary', {}],
      ['no unsolicited determination, whatever is chosen', { 'unsolicited-determ': true }, 'primary', {}],
      [
        'no coverage information to a secondary payer',
        { 'coverage-info': true },
        'secondary',
        { 'coverage-info': false },
      ],
    ]
  it.each(sent)('send %s', (_what, chosen, role, expected) => {
    expect(configurationToSend(settings, chosen, role)).toEqual({ ...expected, 'unsolicited-determ': false })
  })

  it('switch coverage information off for a secondary payer by the names of CRD 1.1 too, where they are offered', () => {
    const old = settingsOf(of(option('priorauth', 'boolean', 'true'), option('coverage', 'boolean', 'true')))
    expect(configurationToSend(old, {}, 'secondary')).toEqual({
      'coverage-info': false,
      coverage: false,
      priorauth: false,
      'unsolicited-determ': false,
    })
  })

  it('are remembered as JSON, and junk is forgotten', () => {
    const chosen = presetFor('front-desk', settings)
    expect(readConfiguration(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen)
    expect(readConfiguration({ a: 'true', b: 1.5, c: null, d: [], ok: true })).toEqual({ ok: true })
    for (const junk of [undefined, null, 'x', 7, []]) expect(readConfiguration(junk)).toEqual({})
    expect(configurationKey('digest', 'acme', 'order-sign')).toBe('crd-configuration digest acme order-sign')
  })

  it('hold as they were remembered; where nothing was, only the front desk gets a preset', () => {
    const service = of(option('guideline', 'boolean', true), option('max-cards', 'integer', 10))
    expect(roleOf(undefined)).toBe('clinician')
    expect(roleOf('front-desk')).toBe('front-desk')
    for (const nothing of [undefined, null, 'x', []]) {
      expect(configurationFor(nothing, 'clinician', service)).toEqual({})
      expect(configurationFor(nothing, 'front-desk', service)).toEqual({ guideline: false, 'max-cards': 5 })
    }
    expect(configurationFor({}, 'front-desk', service)).toEqual({})
    expect(configurationFor({ guideline: true, 'max-cards': '3' }, 'front-desk', service)).toEqual({
      guideline: true,
    })
  })

  it('are at what was chosen in their type, else at what the payer does by itself', () => {
    const at = (code: string, chosen: HookConfiguration) => {
      const setting = settings.find((each) => each.code === code)
      return setting && settingValue(setting, chosen)
    }
    expect(at('guideline', {})).toBe(true)
    expect(at('guideline', { guideline: false })).toBe(false)
    expect(at('guideline', { guideline: 0 })).toBe(true)
    expect(at('max-cards', { 'max-cards': 3 })).toBe(3)
    expect(at('max-cards', { 'max-cards': true })).toBe(10)
    expect(at('unsolicited-determ', { 'unsolicited-determ': true })).toBe(false)
    const unsaid = settingsOf(of(option('limits', 'boolean')))
    expect(unsaid.map((setting) => settingValue(setting, {}))).toEqual([undefined])
  })

  it('come to the same where each has the same value, chosen or not', () => {
    expect(isSameChoice(settings, {}, { guideline: true, 'max-cards': 10, elsewhere: 4 })).toBe(true)
    expect(isSameChoice(settings, {}, { guideline: false })).toBe(false)
  })
})
