import type { Section } from './measure'

/** The sections as a table for a terminal. */
export function table(sections: readonly Section[]): string {
  const all = sections.flatMap(({ measures }) => measures)
  const width = (pick: (measure: (typeof all)[number]) => string): number =>
    Math.max(0, ...all.map((measure) => pick(measure).length))
  const nameWidth = width(({ name }) => name)
  const valueWidth = width(({ value }) => String(value))
  return sections
    .map(({ title, measures, skipped }) =>
      [
        title,
        ...(skipped === undefined ? [] : [`  skipped: ${skipped}`]),
        ...measures.map(
          ({ name, value, unit, target }) =>
            `  ${name.padEnd(nameWidth)}  ${String(value).padStart(valueWidth)} ${unit}${target === undefined ? '' : `  (target: ${target})`}`,
        ),
      ].join('\n'),
    )
    .join('\n\n')
}
