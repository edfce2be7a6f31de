/** "MedicationRequest" → "Medication request". */
export function words(type: string): string {
  const spaced = type.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return spaced === '' ? 'Record' : spaced
}
