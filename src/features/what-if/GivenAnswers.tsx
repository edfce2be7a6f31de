import type { ComponentProps } from 'react'
import type { Answered } from '../asking/use-ask'
import { AnswerCards } from './AnswerCards'
import GivenAnswer from './GivenAnswer'

interface Props extends Omit<ComponentProps<typeof GivenAnswer>, 'answered' | 'isStale' | 'withoutCards'> {
  readonly answered: readonly Answered[]
  readonly currentKey: string
}

/** The answers to a question: a block for each payer, then what all of them say besides, alike messages once (U3, U6). */
export default function GivenAnswers({ answered, currentKey, ...props }: Props) {
  const isAlone = answered.length === 1
  return (
    <>
      {answered.map((each) => (
        <GivenAnswer
          {...props}
          key={each.answer.payer?.id ?? ''}
          answered={each}
          isStale={each.question.key !== currentKey}
          withoutCards={!isAlone}
        />
      ))}
      {!isAlone && (
        // What was left aside, filtered and told belongs to this one round of asking.
        <AnswerCards {...props} key={answered[0]?.round} answered={answered} />
      )}
    </>
  )
}
