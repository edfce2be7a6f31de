import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { AskWorld } from '../../../domain/crd/ask'
import { useAnnounce } from '../../../ui'
import type { OrderItem } from '../../asking/order-item'
import type { useAsk } from '../../asking/use-ask'
import { useKeep } from '../../asking/use-keep'
import type { FormValues } from '../form-values'
import { mostAlternatives } from './alternatives'
import { ColumnCard } from './ColumnCard'
import { CompareHead } from './CompareHead'
import { type Column, type ColumnFacts, columnsOf, inWords, ORIGINAL } from './column'
import { type ColumnView, canBeAsked, hasSpoken, viewColumn } from './column-view'
import { Results } from './Results'
import { useColumns } from './use-columns'
import { type FormOfNow, useCompareDraft } from './use-compare-draft'
import { useNews } from './use-news'
import { WholeAnswer } from './WholeAnswer'
import './compare.css'

interface Props extends FormOfNow, ColumnFacts {
  readonly isOpen: boolean
  readonly world: AskWorld
  /** The key of the form's question: another one than the original's if the form has changed. */
  readonly currentKey: string
  /** What the form has asked. */
  readonly asking: Pick<ReturnType<typeof useAsk>, 'waiting' | 'answered' | 'skip'>
  readonly near: readonly OrderItem[]
  /** Into the form. */
  readonly onUse: (values: FormValues) => void
  readonly onBack: () => void
}

/** The question and up to five alternatives, asked at once and read side by side. No ranking (U8). */
export default function Compare(props: Props) {
  const { isOpen, world, facts, coverage, configurationVersion, asking, near, onUse, onBack } = props
  const announce = useAnnounce()
  const comparing = useCompareDraft(props)
  const { draft, removed, startAgain } = comparing
  const columns = useColumns(world, useKeep())
  const around = useMemo(
    () => ({ facts, coverage, configurationVersion }),
    [facts, coverage, configurationVersion],
  )
  const views = columnsOf(draft, around).map((column) => viewColumn(column, columns.runs[column.id], asking))
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [detailed, setDetailed] = useState<string>()
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set())
  const root = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const results = useRef<HTMLHeadingElement>(null)
  const detailsButton = useRef<HTMLElement>(null)
  const version = useRef(0)
  const [original] = views
  const isChanged = original !== undefined && props.currentKey !== '' && original.key !== props.currentKey
  const isEmpty = draft.alternatives.length === 0

  useEffect(() => {
    if (isOpen) heading.current?.focus()
  }, [isOpen])
  const begin = useRef(startAgain)
  useEffect(() => {
    begin.current = startAgain
  })
  // With nothing to lose, comparing begins with the form as it is now.
  useEffect(() => {
    if (isOpen && isEmpty && isChanged) begin.current()
  }, [isOpen, isEmpty, isChanged])
  useNews(views, results, root)

  const requestOf = (view: ColumnView, anew: boolean) => {
    version.current += 1
    const number = version.current
    return {
      id: view.id,
      scenario: { ...view.scenario, version: number },
      asksOthers: draft.asksOthers,
      question: (name?: string) => inWords(view, number, around, name),
      holding: anew ? [] : view.answered.filter(({ answer }) => hasSpoken(answer)),
    }
  }
  const due = views.filter((view) => canBeAsked(view) && !view.isDone)
  const ask = (asked: readonly ColumnView[], anew: boolean) => {
    const wrong = views.filter((view) => !view.isPaid && view.errors.length > 0)
    setTried(new Set(views.map(({ id }) => id)))
    setOpen(new Set(wrong.map(({ id }) => id)))
    columns.start(asked.map((view) => requestOf(view, anew)))
    const [first] = wrong
    if (first === undefined) return
    announce(
      `${wrong.length === 1 ? 'One way is' : `${wrong.length} ways are`} not complete and not asked: ${wrong.map(({ label }) => label).join('; ')}`,
    )
    if (asked.length === 0) document.getElementById(headingId(first))?.focus()
  }
  const askAll = () => ask(due, false)
  const askAgain = () => ask(views.filter(canBeAsked), true)
  const add = (of?: Column) => {
    const id = comparing.add(draft.alternatives.find((each) => each.id === of?.id))
    setOpen(new Set([...open, id]))
    setFresh(id)
  }
  const [fresh, setFresh] = useState<string>()
  useEffect(() => {
    if (fresh !== undefined) document.getElementById(`cmp-${fresh}-0`)?.focus()
  }, [fresh])
  const remove = (view: ColumnView) => {
    columns.skip(view.id)
    comparing.remove(view.id, view.label)
    if (detailed === view.id) setDetailed(undefined)
    announce(`Removed: ${view.label}`)
  }
  const undo = () => {
    comparing.undo()
    setFresh(undefined)
    heading.current?.focus()
    if (removed !== undefined) announce(`Back again: ${removed.label}`)
  }
  const use = (view: ColumnView) => {
    onUse(view.values)
    announce(`The form now holds: ${view.label}. Nothing has been ordered.`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!isAsking) askAll()
  }
  const isAsking = views.some(({ waiting }) => waiting.length > 0)
  const isFull = draft.alternatives.length >= mostAlternatives
  const shown = views.find(({ id }) => id === detailed)
  const ofForm = original?.waiting.filter((each) => asking.waiting.includes(each)) ?? []
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter asks from anywhere in the comparison; the button does the same
    <div className="stack wi cmp" ref={root} onKeyDown={onKeyDown}>
      <CompareHead
        views={views}
        headingRef={heading}
        isEmpty={isEmpty}
        isChanged={isChanged && !isEmpty}
        removed={removed && { id: removed.alternative.id, label: removed.label }}
        isFull={isFull}
        onStartAgain={startAgain}
        onUndo={undo}
        onAsk={askAll}
        onAskAgain={askAgain}
        onStop={() => {
          columns.stop()
          for (const { payer } of ofForm) asking.skip(payer)
        }}
        onAdd={() => add()}
        onBack={onBack}
      />
      <ul className="plain cmp-cards" aria-label="Ways that are compared">
        {views.map((view, index) => (
          <li key={view.id}>
            <ColumnCard
              headingId={headingId(view)}
              view={view}
              alternative={draft.alternatives[index - 1]}
              original={draft.original}
              question={view.id === ORIGINAL ? inWords(view, 0, around) : undefined}
              coverage={coverage}
              near={near}
              isOpen={open.has(view.id)}
              onOpen={(isShown) =>
                setOpen(
                  (last) => new Set([...last].filter((id) => id !== view.id).concat(isShown ? view.id : [])),
                )
              }
              isTried={tried.has(view.id)}
              isDetailed={detailed === view.id}
              onChange={comparing.edit}
              onSkip={(payer) => {
                columns.skip(view.id, payer)
                if (view.id === ORIGINAL && ofForm.length > 0) asking.skip(payer)
                document.getElementById(headingId(view))?.focus()
              }}
              onDetails={() => {
                detailsButton.current = document.getElementById(`${headingId(view)}-details`)
                setDetailed(detailed === view.id ? undefined : view.id)
              }}
              onDuplicate={isFull ? undefined : () => add(view)}
              onUse={view.id === ORIGINAL && !isChanged ? undefined : () => use(view)}
              onRemove={view.id === ORIGINAL ? undefined : () => remove(view)}
            />
          </li>
        ))}
      </ul>
      <Results
        views={views}
        question={original === undefined ? [] : inWords(original, 0, around).lines}
        headingRef={results}
      />
      {shown !== undefined && (
        <WholeAnswer
          view={shown}
          place={detailsButton}
          onClose={() => {
            setDetailed(undefined)
            detailsButton.current?.focus()
          }}
        />
      )}
    </div>
  )
}

const headingId = ({ id }: Column): string => `cmp-way-${id}`
