import type { ComponentProps } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { PartySearch } from '../asking/PartySearch'
import type { FormValues } from './form-values'

interface Props extends Omit<ComponentProps<typeof PartySearch>, 'value' | 'onChange'> {
  readonly form: UseFormReturn<FormValues>
  readonly name:
    | 'performer'
    | 'requester'
    | 'location'
    | 'appointment.who'
    | 'appointment.where'
    | 'visit.who'
    | 'visit.where'
    | 'dispatch.to'
    | 'details.sender'
}

/** A person, organization or place of the form. */
export const PartyField = ({ form, name, ...search }: Props) => (
  <Controller
    control={form.control}
    name={name}
    render={({ field }) => <PartySearch {...search} value={field.value} onChange={field.onChange} />}
  />
)
