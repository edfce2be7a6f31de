import { afterAll, describe, expect, it } from 'vitest'
import { at } from './json'
import { ask, closePayers } from './test-front-desk'
import { said } from './test-payer'

afterAll(closePayers)

/** The table of sandbox/README.md, case by case. */
describe('what a payer says of a visit', () => {
  it.each([
    ['covered, with what to collect', 'hana-sato-visit', 'hana-sato-acme', 'covered', 'no-auth', ''],
    [
      'a place that is not covered',
      'carlos-mendez-visit',
      'carlos-mendez-acme',
      'not-covered',
      undefined,
      'Eastgate Clinic',
    ],
    [
      'a second visit that day',
      'oscar-nunez-visit',
      'oscar-nunez-acme',
      'conditional',
      'no-auth',
      'the same day',
    ],
    [
      'all therapy visits used',
      'dmitri-volkov-therapy',
      'dmitri-volkov-acme',
      'not-covered',
      undefined,
      'All 20 therapy visits',
    ],
    ['some therapy visits left', 'ngozi-eze-therapy', 'ngozi-eze-acme', 'covered', 'no-auth', ''],
    ['no referral', 'tomasz-wilk-therapy', 'tomasz-wilk-acme', 'conditional', 'conditional', 'A referral'],
    [
      'authorization that comes too late',
      'luis-ortega-mri',
      'luis-ortega-acme',
      'covered',
      'auth-needed',
      'the visit is sooner',
    ],
    [
      'authorization that comes in time',
      'maria-quispe-mri',
      'maria-quispe-acme',
      'covered',
      'auth-needed',
      'takes 5 working days',
    ],
    ['authorization on file', 'amina-yusuf-mri', 'amina-yusuf-borealis', 'covered', 'satisfied', ''],
    [
      'out of network',
      'eleni-pappas-visit',
      'eleni-pappas-delta',
      'covered',
      'auth-needed',
      'Dr. Jonas Weber is outside the network',
    ],
    [
      'a coverage that only the payer knows to end',
      'sunita-rao-visit',
      'sunita-rao-acme',
      'not-covered',
      undefined,
      'ends on 2026-11-23',
    ],
    [
      'a coverage that ends in the chart',
      'ivy-coleman-visit',
      'ivy-coleman-borealis',
      'not-covered',
      undefined,
      'ends on 2026-11-23',
    ],
    [
      'nobody of that number',
      'george-platt-visit',
      'george-platt-borealis',
      'conditional',
      undefined,
      'No member was found',
    ],
    [
      'no number at all',
      'lily-nguyen-wellness',
      'lily-nguyen-acme',
      'indeterminate',
      undefined,
      'No member was found',
    ],
    [
      'the performer asks for authorization',
      'beatriz-lopes-colonoscopy',
      'beatriz-lopes-delta',
      'covered',
      'performpa',
      'asks for authorization',
    ],
    [
      'authorization, and documents from both sides',
      'yuki-tanaka-sleep-test',
      'yuki-tanaka-borealis',
      'covered',
      'auth-needed',
      'takes 4 working days',
    ],
    ['not covered at all', 'henry-woods-cosmetic', 'henry-woods-acme', 'not-covered', undefined, 'Cosmetic'],
    [
      'a referral for counselling',
      'elsa-holm-counselling',
      'elsa-holm-borealis',
      'conditional',
      'no-auth',
      'A referral is needed',
    ],
    ['the second payer', 'agnes-moore-visit', 'agnes-moore-delta', 'covered', 'no-auth', ''],
    [
      'a provider outside the network of another payer',
      'olu-adeyemi-nutrition',
      'olu-adeyemi-borealis',
      'covered',
      'auth-needed',
      'outside the network',
    ],
    [
      'authorization that takes two weeks',
      'irina-kova-mri',
      'irina-kova-delta',
      'covered',
      'auth-needed',
      'takes 10 working days',
    ],
    ['a minor’s vaccination', 'mateo-rivas-flu-shot', 'mateo-rivas-acme', 'covered', 'no-auth', ''],
    ['a minor’s yearly visit', 'zoe-adler-wellness', 'zoe-adler-borealis', 'covered', 'no-auth', ''],
    ['participants without a name', 'raj-patel-visit', 'raj-patel-delta', 'covered', 'no-auth', ''],
    ['an appointment not yet agreed', 'nina-kowal-specialist', 'nina-kowal-acme', 'covered', 'no-auth', ''],
    ['an old number in the chart', 'fatima-haidari-visit', 'fatima-haidari-acme', 'covered', 'no-auth', ''],
  ] as const)('%s', async (_, appointment, coverage, covered, pa, reason) => {
    const reply = await ask(appointment, coverage)
    expect([reply.status, reply.refusal]).toEqual([200, ''])
    const answer = said(reply.systemActions[0])
    const reasons = (answer.reason ?? []).map((each) => String(at(each, 'text'))).join(' · ')
    expect(answer.covered, JSON.stringify(answer)).toEqual([covered])
    expect(answer['pa-needed'] ?? []).toEqual(pa === undefined ? [] : [pa])
    expect(reasons).toContain(reason)
    expect(answer['coverage-assertion-id']).toHaveLength(1)
  })
})
