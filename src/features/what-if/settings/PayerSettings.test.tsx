// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ConfigurationOption, Discovery } from '../../../domain/crd/discovery'
import type { HookName } from '../../../domain/crd/hooks'
import type { PreferencePort } from '../../../domain/ports'
import { fail, ok } from '../../../domain/result'
import { DISCOVERY } from '../../asking/fake-chart'
import { fakeClock } from '../../asking/fake-clock'
import { fakePreferences } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import PayerSettings from './PayerSettings'

afterEach(cleanup)

const OPTIONS: readonly ConfigurationOption[] = [
  { code: 'coverage-info', type: 'boolean', name: 'Coverage', description: 'Is it covered?', default: true },
  { code: 'guideline', type: 'boolean', name: 'Guidelines', default: true },
  { code: 'claim', type: 'boolean', name: 'Claim help', default: true },
  { code: 'limits', type: 'boolean', name: 'Limits' },
  { code: 'max-cards', type: 'integer', name: 'Most messages', default: 10 },
]

const offering = (options: readonly ConfigurationOption[]): Discovery => ({
  ...DISCOVERY,
  services: DISCOVERY.services.map((service) => ({ ...service, configurationOptions: options })),
})

const KEY = 'crd-configuration AbC_-9 acme order-sign'

interface Opening {
  readonly options?: readonly ConfigurationOption[]
  readonly preferences?: PreferencePort
  readonly intent?: string
  readonly hook?: HookName
  readonly discover?: () => Promise<ReturnType<typeof ok<Discovery>> | ReturnType<typeof fail>>
}

function open({ options = OPTIONS, preferences = fakePreferences(), ...rest }: Opening = {}) {
  const discover = rest.discover ?? (async () => ok(offering(options)))
  const work = fakeWork(fakeWorld(fakeClock(0), { discover, preferences }))
  const payer = work.site.payers[0]
  if (payer === undefined) throw new Error('no payer')
  const onChanged = vi.fn()
  render(
    <Shell
      work={{
        ...work,
        session: { ...work.session, ...(rest.intent !== undefined && { intent: rest.intent }) },
        ports: { ...work.ports, digest: async () => 'AbC/+9==' },
      }}
    >
      <PayerSettings payer={payer} hook={rest.hook ?? 'order-sign'} onChanged={onChanged} />
    </Shell>,
  )
  return { onChanged, preferences }
}

const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const nowSet = () => screen.getByText(/^Now set:/).textContent

describe('the settings of a payer', () => {
  it('stand as the payer has them, in its own words, where nothing was chosen', async () => {
    open()
    expect((await box('Coverage')).checked).toBe(true)
    expect((await box('Coverage')).getAttribute('aria-describedby')).not.toBeNull()
    expect(screen.getByText('Is it covered?')).toBeTruthy()
    expect((await box('Limits')).indeterminate).toBe(true)
    expect(screen.getByText('Acme Health does not say whether it does this by itself.')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Most messages' }).value).toBe('')
    expect(screen.getByText('Leave it empty for 10, as Acme Health has it.')).toBeTruthy()
    expect(nowSet()).toBe('Now set: as Acme Health has it.')
  })

  it('are remembered under a digest of the user, the payer and the hook, and nothing else is', async () => {
    const { preferences, onChanged } = open()
    fireEvent.click(await box('Guidelines'))
    expect(preferences.load(KEY)).toEqual({ guideline: false })
    fireEvent.change(screen.getByRole('textbox', { name: 'Most messages' }), { target: { value: '3' } })
    expect(preferences.load(KEY)).toEqual({ guideline: false, 'max-cards': 3 })
    expect(nowSet()).toBe('Now set: your own choice.')
    expect(onChanged).toHaveBeenCalledTimes(2)
    cleanup()
    open({ preferences })
    expect((await box('Guidelines')).checked).toBe(false)
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Most messages' }).value).toBe('3')
  })

  it('take a preset in one press, and give back what held before', async () => {
    const { preferences } = open()
    fireEvent.click(await box('Coverage'))
    press('Front desk')
    expect((await box('Guidelines')).checked).toBe(false)
    expect((await box('Coverage')).checked).toBe(true)
    expect(nowSet()).toBe('Now set: for the front desk.')
    expect(preferences.load(KEY)).toMatchObject({ guideline: false, 'max-cards': 5 })
    press('Undo')
    expect((await box('Coverage')).checked).toBe(false)
    expect(preferences.load(KEY)).toEqual({ 'coverage-info': false })
    expect(document.activeElement?.textContent).toBe('Now set: your own choice.')
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    press('Clinician')
    expect((await box('Claim help')).checked).toBe(false)
    press('As Acme Health has it')
    expect(preferences.load(KEY)).toEqual({})
  })

  it('start with the preset at the front desk, and keep to what the payer does by itself once that is chosen', async () => {
    const { preferences } = open({ intent: 'front-desk' })
    expect((await box('Guidelines')).checked).toBe(false)
    press('As Acme Health has it')
    cleanup()
    open({ intent: 'front-desk', preferences })
    expect((await box('Guidelines')).checked).toBe(true)
  })

  it('take whole numbers only, and say so', async () => {
    const { preferences } = open()
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Most messages' })
    fireEvent.change(field, { target: { value: '4' } })
    fireEvent.change(field, { target: { value: '4.5' } })
    expect(field.value).toBe('4.5')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('Enter a whole number, such as 5. The last one still holds.')).toBeTruthy()
    expect(preferences.load(KEY)).toEqual({ 'max-cards': 4 })
    fireEvent.change(field, { target: { value: '' } })
    expect(preferences.load(KEY)).toEqual({})
    expect(field.getAttribute('aria-invalid')).toBeNull()
  })

  it('show what must stay off as off, with the reason', async () => {
    open({
      options: [
        ...OPTIONS,
        { code: 'unsolicited-determ', type: 'boolean', name: 'Unasked decisions', default: true },
      ],
    })
    const forced = await box('Unasked decisions')
    expect([forced.checked, forced.disabled]).toEqual([false, true])
    expect(screen.getByText(/must not lead to a decision on authorization/)).toBeTruthy()
  })

  it('name what the payer offers and cannot be set here', async () => {
    open({ options: [...OPTIONS, { code: 'tone', type: 'string', name: 'Tone', default: 'kind' }] })
    expect((await screen.findByText(/One more option of Acme Health cannot be set/)).textContent).toContain(
      'tone',
    )
  })

  it('say that there is nothing to set, or no such service', async () => {
    open({ options: [] })
    expect(await screen.findByText(/Acme Health offers nothing to switch on or off/)).toBeTruthy()
    cleanup()
    open({ hook: 'appointment-book' })
    expect(await screen.findByText(/answers no questions of the kind “An appointment”/)).toBeTruthy()
  })

  it('can be asked for again where the payer did not say what it offers', async () => {
    const answers = [fail({ kind: 'network', server: 'Acme Health' }), ok(offering(OPTIONS))]
    open({ discover: async () => answers.shift() ?? fail({ kind: 'cancelled' }) })
    expect(await screen.findByText(/Acme Health could not be reached/)).toBeTruthy()
    press('Try again')
    expect(await box('Coverage')).toBeTruthy()
  })

  it('say where they cannot be remembered', async () => {
    open({ preferences: { ...fakePreferences(), isDurable: () => false } })
    expect(await screen.findByText(/kept only until this window closes/)).toBeTruthy()
  })

  it('are reached by names: each control has one, and the groups have theirs', async () => {
    open()
    await box('Coverage')
    const group = screen.getByRole('group', { name: 'In its answers' })
    expect(within(group).getAllByRole('checkbox')).toHaveLength(4)
    expect(within(screen.getByRole('group', { name: 'Start from' })).getAllByRole('button')).toHaveLength(3)
  })
})
