import type { ThemeChoice } from './theme'

interface Props {
  readonly choice: ThemeChoice
  readonly onChange: (choice: ThemeChoice) => void
}

export function ThemeSelect({ choice, onChange }: Props) {
  return (
    <label className="theme">
      <span className="theme-label">Colours</span>
      <select value={choice} onChange={(event) => onChange(event.target.value as ThemeChoice)}>
        <option value="system">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  )
}
