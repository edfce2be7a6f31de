import { useMemo, useRef, useState } from 'react'
import {
  configurationFor,
  type HookConfiguration,
  isSameChoice,
  presetFor,
  roleOf,
  type Setting,
  settingsOf,
  unusableOptions,
} from '../../../domain/crd/configuration'
import type { CdsService } from '../../../domain/crd/discovery'
import { payerText } from '../../../domain/crd/payer-text'
import { Button, useAnnounce } from '../../../ui'
import { useWork } from '../../work'
import { OptionField } from './OptionField'

interface Props {
  readonly payerName: string
  readonly service: CdsService
  /** Where the choice is remembered. */
  readonly storedAs: string
  readonly onChanged: () => void
}

/** A starting point that one press takes. */
interface Preset {
  readonly label: string
  /** How the line of what holds now names it. */
  readonly words: string
  readonly values: HookConfiguration
}

const presetsOf = (payerName: string, settings: readonly Setting[]): readonly Preset[] => [
  { label: `As ${payerName} has it`, words: `as ${payerName} has it`, values: {} },
  { label: 'Clinician', words: 'for a clinician', values: presetFor('clinician', settings) },
  { label: 'Front desk', words: 'for the front desk', values: presetFor('front-desk', settings) },
]

/** The options of one service as switches and numbers, with presets (CRD dev-11, dev-13). Every change is kept and holds at once. */
export function Options({ payerName, service, storedAs, onChanged }: Props) {
  const { ports, session } = useWork()
  const announce = useAnnounce()
  const settings = useMemo(() => settingsOf(service), [service])
  const [chosen, setChosen] = useState(() =>
    configurationFor(ports.preferences.load(storedAs), roleOf(session.intent), service),
  )
  /** What held before the last preset. */
  const [before, setBefore] = useState<HookConfiguration>()
  // Counts the presets: fields forget what was typed and not taken.
  const [round, setRound] = useState(0)
  const now = useRef<HTMLParagraphElement>(null)

  const take = (next: HookConfiguration, replaced?: HookConfiguration): void => {
    setChosen(next)
    setBefore(replaced)
    ports.preferences.save(storedAs, next)
    onChanged()
  }
  const presets = presetsOf(payerName, settings)
  const current = presets.find(({ values }) => isSameChoice(settings, values, chosen))
  const takePreset = ({ words, values }: Preset): void => {
    take(values, chosen)
    setRound(round + 1)
    announce(`Set ${words}. You can undo this.`)
  }
  const undo = (to: HookConfiguration): void => {
    take(to)
    setRound(round + 1)
    announce('Undone.')
    // The button goes away with what it did.
    now.current?.focus()
  }
  const set = (code: string, value: boolean | number | undefined): void => {
    const { [code]: _old, ...others } = chosen
    take(value === undefined ? others : { ...others, [code]: value })
  }

  if (!settings.some((setting) => !setting.isForced))
    return (
      <div className="stack">
        <p>{payerName} offers nothing to switch on or off for this kind of question.</p>
        <Unusable payerName={payerName} codes={unusableOptions(service)} />
      </div>
    )
  return (
    <div className="stack">
      <p className="field-hint">
        What {payerName} is asked to put into its answers to you. {keeping(ports.preferences.isDurable())}
      </p>
      <fieldset className="ps-presets">
        <legend>Start from</legend>
        <div className="cluster">
          {presets.map((preset) => (
            <Button key={preset.label} onClick={() => takePreset(preset)}>
              {preset.label}
            </Button>
          ))}
          {before !== undefined && (
            <Button variant="quiet" onClick={() => undo(before)}>
              Undo
            </Button>
          )}
        </div>
      </fieldset>
      <p ref={now} tabIndex={-1}>
        Now set: <strong>{current?.words ?? 'your own choice'}</strong>.
      </p>
      <fieldset className="ps-options">
        <legend>In its answers</legend>
        {settings.map((setting) => (
          <OptionField
            key={`${round} ${setting.code}`}
            setting={setting}
            chosen={chosen}
            payerName={payerName}
            onChange={(value) => set(setting.code, value)}
          />
        ))}
      </fieldset>
      <Unusable payerName={payerName} codes={unusableOptions(service)} />
    </div>
  )
}

/** Where the choice is kept, and for how long. */
const keeping = (isDurable: boolean): string =>
  isDurable
    ? 'It is remembered for you in this browser. Nothing about the patient is remembered with it.'
    : 'This browser does not let the app remember it: it is kept only until this window closes.'

/** What the payer offers and this app cannot set: told, not hidden. */
function Unusable({ payerName, codes }: { readonly payerName: string; readonly codes: readonly string[] }) {
  if (codes.length === 0) return null
  const names = codes.map((code) => payerText(code, 60) ?? 'one without a name').join(', ')
  return (
    <p className="field-hint">
      {codes.length === 1 ? 'One more option' : `${codes.length} more options`} of {payerName} cannot be set
      here, because {codes.length === 1 ? 'it is' : 'they are'} neither a switch nor a whole number: {names}.
    </p>
  )
}
