import type { UseFormRegisterReturn } from 'react-hook-form'
import type { About } from './form-values'

const CHOICES: readonly { readonly about: About; readonly label: string }[] = [
  { about: 'order', label: 'Order' },
  { about: 'appointment', label: 'Appointment' },
  { about: 'visit', label: 'Visit' },
  { about: 'dispatch', label: 'Send an order out' },
]

/** What the question is about: each belongs to a hook of CRD, in the words of the people who ask. */
export function AboutChoice({ field }: { readonly field: UseFormRegisterReturn }) {
  return (
    <fieldset className="wi-abouts">
      <legend className="visually-hidden">What to ask about</legend>
      {CHOICES.map(({ about, label }) => (
        <label key={about}>
          <input type="radio" value={about} {...field} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
