import type { TypeProgress } from '../../domain/pdex/history'
import { Disclosure, StateTag } from '../../ui'
import { stateWords, typeNames } from './reading-words'
import { plural } from './words'

interface Props {
  /** Those that the payer offers and that were asked for. */
  readonly types: readonly TypeProgress[]
  readonly running: boolean
}

/**
 * How far each kind of record is. Once reading has ended, only what is not as it should be stays in view: the records tell of the rest,
 * and are what the user came for.
 */
export function ReadKinds({ types, running }: Props) {
  if (running) return <Kinds types={types} />
  const unusual = types.filter(isUnusual)
  const usual = types.filter((type) => !isUnusual(type))
  const filled = usual.filter((type) => recordsOf(type) > 0).length
  const none = usual.length - filled
  const parts = [
    filled > 0 && `${plural(filled, 'kind')} of records came`,
    none > 0 && `${none === 1 ? '1 kind has' : `${none} kinds have`} none recorded`,
  ].filter(Boolean)
  return (
    <>
      {unusual.length > 0 && <Kinds types={unusual} />}
      {parts.length > 0 && (
        <Disclosure summary={parts.join(', ')}>
          <Kinds types={usual} />
        </Disclosure>
      )}
    </>
  )
}

function Kinds({ types }: Pick<Props, 'types'>) {
  return (
    <ul className="mh-reading">
      {types.map((progress) => {
        const { tone, words } = stateWords(progress)
        return (
          <li key={progress.type}>
            <span>{typeNames[progress.type]}</span> <StateTag tone={tone}>{words}</StateTag>
          </li>
        )
      })}
    </ul>
  )
}

const isUnusual = ({ state, partial, limited }: TypeProgress): boolean =>
  state.kind !== 'done' || partial === true || limited !== undefined

const recordsOf = ({ state }: TypeProgress): number => ('records' in state ? state.records : 0)
