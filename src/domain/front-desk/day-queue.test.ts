import { describe, expect, it } from 'vitest'
import { desk } from './day-queue.testing'

describe('the queue of a day', () => {
  it('asks a few at a time, of one payer and of all', async () => {
    const { queue, turns, keys, answer } = desk()
    queue.press([...turns(5, 'a'), ...turns(5, 'b'), ...turns(5, 'c')])
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
    await answer('b2')
    expect(keys().slice(6)).toEqual(['b4'])
  })

  it('asks nothing twice at once, and again when somebody presses again', async () => {
    const { queue, turn, keys, answer } = desk()
    queue.press([turn('a1', 'a'), turn('a1', 'a')])
    queue.press([turn('a1', 'a')])
    expect(keys()).toEqual(['a1'])
    await answer('a1')
    queue.press([turn('a1', 'a')])
    expect(keys()).toEqual(['a1', 'a1'])
  })

  it('leaves a payer alone for as long as it says, and lets the others go on', async () => {
    const { queue, turns, keys, answer, pass, state } = desk()
    queue.press([...turns(6, 'a'), ...turns(6, 'b')])
    await answer('a1', { isSlow: false, waitMs: 30_000 })
    await answer('a2')
    await answer('a3')
    expect(state().held).toEqual([{ payerId: 'a', atOnce: 1, until: 31_000 }])
    await answer('b1')
    expect(keys().filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(keys()).toContain('b4')
    await pass(29_999)
    expect(keys()).not.toContain('a4')
    await pass(1)
    expect(keys().filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  it('goes on at half the pace that was refused, and slower still when it is refused again', async () => {
    const { queue, turns, sent, answer, pass } = desk()
    queue.press(turns(30, 'a'))
    for (const key of ['a1', 'a2', 'a3', 'a4', 'a5']) await answer(key)
    await answer('a6', { isSlow: false, waitMs: 1_000 })
    // Both had left before the refusal was known: they do not slow it further.
    await answer('a7', { isSlow: false, waitMs: 1_000 })
    await answer('a8', { isSlow: false, waitMs: 1_000 })
    await pass(1_000)
    for (let i = 9; i <= 12; i += 1) {
      await answer(`a${i}`)
      await pass(250)
    }
    const times = sent.slice(8).map(({ at }) => at)
    expect(times).toEqual([2_000, 2_250, 2_500, 2_750, 3_000])
    await answer('a13', { isSlow: false, waitMs: 1_000 })
    await pass(1_000)
    await answer('a14')
    await pass(499)
    expect(sent.at(-1)?.key).toBe('a14')
    await pass(1)
    expect(sent.at(-1)?.key).toBe('a15')
  })

  it('waits at most two seconds by itself, and asks afresh on a press a minute later', async () => {
    const { queue, turns, sent, answer, pass } = desk()
    queue.press(turns(9, 'a'))
    for (let i = 1; i <= 9; i += 1) {
      await answer(`a${i}`, { isSlow: false, waitMs: 1_000 })
      await pass(2_000)
    }
    expect(sent.at(-1)?.key).toBe('a9')
    queue.press(turns(3, 'a'))
    expect(sent.slice(9).map(({ key }) => key)).toEqual(['a1'])
    await answer('a1')
    await pass(2_000)
    await answer('a2')
    await pass(2_000)
    await answer('a3')
    await pass(60_000)
    queue.press(turns(3, 'a'))
    expect(sent.slice(12).map(({ key }) => key)).toEqual(['a1', 'a2', 'a3'])
  })

  it('keeps what was put aside when what is on its way is given up', async () => {
    const { queue, turns, open, state } = desk()
    queue.press(turns(5, 'a'))
    queue.stop()
    queue.skip()
    await Promise.resolve()
    await Promise.resolve()
    expect(open.size).toBe(0)
    expect(state()).toMatchObject({ phase: 'stopped', total: 5, done: 3 })
  })

  it('gives a payer that slows down fewer at once, and more again when it has recovered', async () => {
    const { queue, turns, open, answer, state } = desk()
    queue.press(turns(40, 'a'))
    const next = (): string => [...open.keys()][0] ?? ''
    await answer(next(), { isSlow: true })
    await answer(next(), { isSlow: true })
    expect(open.size).toBe(1)
    expect(state().held).toEqual([{ payerId: 'a', atOnce: 1 }])
    for (let i = 0; i < 5; i += 1) await answer(next())
    expect(open.size).toBe(2)
  })

  it('stops after what is on its way, and goes on with the rest alone', async () => {
    const { queue, turn, turns, keys, answer, state } = desk()
    queue.press(turns(5, 'a'))
    queue.stop()
    expect(state().phase).toBe('stopping')
    for (const key of ['a1', 'a2', 'a3']) await answer(key)
    expect(keys()).toEqual(['a1', 'a2', 'a3'])
    expect(state()).toMatchObject({ phase: 'stopped', total: 5, done: 3 })
    // One row alone: what was put aside stays there.
    queue.press([turn('a1', 'a')])
    await answer('a1')
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'a1'])
    queue.resume()
    await answer('a4')
    await answer('a5')
    expect(keys()).toEqual(['a1', 'a2', 'a3', 'a1', 'a4', 'a5'])
    expect(state()).toMatchObject({ phase: 'idle', total: 0 })
  })

  it('gives up what is on its way when it is ended', async () => {
    const { queue, turns, open, state } = desk()
    queue.press(turns(5, 'a'))
    queue.end()
    await Promise.resolve()
    await Promise.resolve()
    expect(open.size).toBe(0)
    expect(state()).toMatchObject({ phase: 'idle', total: 0 })
  })
})
