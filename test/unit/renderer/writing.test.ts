import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sentence, settingText } from '../../../src-renderer/locales/writing.ts'
import { regional } from '../../../src-renderer/locales/regional.ts'
import { describeGate } from '../../../src-shared/chart/gate.ts'
import {
  formatBytes,
  formatCapacity,
  formatCapacityInterval,
  formatError,
  formatPercent,
  formatVoltageWindow,
} from '../../../src-shared/units/labels.ts'
import { writeNumbersBy } from '../../../src-shared/units/writing.ts'

beforeEach(() => writeNumbersBy(regional(['de-DE']).number))
afterEach(() => writeNumbersBy((plain) => plain))

describe('the labels of the window', () => {
  it('are written as their reader does', () => {
    expect(formatCapacity(3.0124)).toBe('3,012 Ah')
    expect(formatCapacityInterval(2.874, 2.961)).toBe('2,874–2,961 Ah')
    expect(formatPercent(0.834)).toBe('83,4 %')
    expect(formatError(-0.0042)).toBe('−0,42 %')
    expect(formatError(0)).toBe('0,00 %')
    expect(formatVoltageWindow(3.6, 4.15)).toBe('3,6–4,15 V')
    expect(formatBytes(1_240_000)).toBe('1,2 MB')
    expect(settingText(0.0005)).toBe('0,0005')
    expect(settingText('adam')).toBe('adam')
    expect(describeGate({ weights: [0.25, 0.75], logits: [0, 1], stability: 0.24 })).toContain(
      '0,750 of 1. Stability over networks 0,24 of 1',
    )
  })
})

describe('a sentence of the program', () => {
  it.each([
    ['It charges from 3.600 to 4.150 V only.', 'It charges from 3,600 to 4,150 V only.'],
    [
      'The present capacity rests on 3.60–4.15 V and the rest; that adds 1.2 % to its mean error.',
      'The present capacity rests on 3,60–4,15 V and the rest; that adds 1,2 % to its mean error.',
    ],
    [
      'The model was trained on cells of 3.5 Ah, 2.4 Ah; this one has 5 Ah.',
      'The model was trained on cells of 3,5 Ah, 2,4 Ah; this one has 5 Ah.',
    ],
    ['in four hours (0.25\u00A0C)', 'in four hours (0,25\u00A0C)'],
    ['charge 0.5 C, discharge 1.25 C, 25 °C', 'charge 0,5 C, discharge 1,25 C, 25 °C'],
  ])('has its quantities written as its reader does: %s', (told, shown) => {
    expect(sentence(told)).toBe(shown)
  })

  it.each([
    'Found “3.5 Ah”.',
    'This is version 1.2.3 of pimoe-2.0.',
    'doi 10.1038/s41467-026-69369-1',
    'The file lot-2.5 Ah.csv is gone.',
    'It holds 2.5 Ah.csv already.',
    'At 127.0.0.1 nothing answers.',
  ])('keeps names and what somebody typed: %s', (told) => {
    expect(sentence(told)).toBe(told)
  })
})
