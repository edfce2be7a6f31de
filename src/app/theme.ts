import { useEffect, useState } from 'react'
import type { AppliedStyle } from '../domain/smart-style'

export type ThemeChoice = 'system' | 'light' | 'dark'

const KEY = 'beforehand.theme'

/** The user's theme, remembered in this browser (a colour, no PHI); the EHR's SMART style on top of it where the user chose none. */
export function useTheme(
  style: AppliedStyle | undefined,
): readonly [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState<ThemeChoice>(remembered)
  const dark = useMedia('(prefers-color-scheme: dark)')
  useEffect(() => {
    const root = document.documentElement
    const ours = choice === 'system' ? (style?.theme ?? (dark ? 'dark' : 'light')) : choice
    root.dataset.theme = ours
    const variables = style !== undefined && style.theme === ours ? Object.entries(style.variables) : []
    for (const [name, value] of variables) root.style.setProperty(name, value)
    return () => {
      for (const [name] of variables) root.style.removeProperty(name)
    }
  }, [choice, dark, style])
  return [
    choice,
    (next) => {
      setChoice(next)
      try {
        localStorage.setItem(KEY, next)
      } catch {
        // Storage denied: the choice lasts as long as the page.
      }
    },
  ]
}

function remembered(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const changed = () => setMatches(media.matches)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [query])
  return matches
}
