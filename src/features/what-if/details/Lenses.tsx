import { Field } from '../../../ui'
import { FIELD_IDS } from '../field-ids'
import type { FormProps } from '../QuestionForm'

const EYES = [
  { eye: 'right', label: 'Right eye' },
  { eye: 'left', label: 'Left eye' },
] as const

const STRENGTHS = [
  { name: 'sphere', label: 'Sphere' },
  { name: 'cylinder', label: 'Cylinder' },
  { name: 'axis', label: 'Axis' },
  { name: 'add', label: 'Add' },
] as const

/** A lens for each eye: dioptres, the axis in degrees. A strength that is not entered is not sent. */
export function Lenses({ form, values, errorOf }: FormProps) {
  const error = errorOf(FIELD_IDS.lenses)
  return (
    <>
      {error !== undefined && <p className="field-error">{error}</p>}
      {EYES.map(({ eye, label }) => (
        <fieldset key={eye} className="wi-lens">
          <legend>
            <label className="check">
              <input
                type="checkbox"
                id={eye === 'right' ? FIELD_IDS.lenses : undefined}
                {...form.register(`details.${eye}.isWanted`)}
              />
              {label}
            </label>
          </legend>
          {values.details[eye].isWanted && (
            <div className="wi-strengths">
              {STRENGTHS.map(({ name, label: strength }) => (
                <Field key={name} id={`wi-${eye}-${name}`} label={strength}>
                  {(control) => (
                    <input
                      inputMode="text"
                      autoComplete="off"
                      {...control}
                      aria-label={`${strength}, ${label.toLowerCase()}`}
                      {...form.register(`details.${eye}.${name}`)}
                    />
                  )}
                </Field>
              ))}
            </div>
          )}
        </fieldset>
      ))}
    </>
  )
}
