import { changedReport, sampleReport, type SampleReport } from '../../fixtures/report.ts'

/** Inputs that try to break the page: each is lawful by type, none is kind. */
export function hostileReports(): [string, SampleReport][] {
  return [
    ['nothing known', nothingKnown()],
    ['names of 200 wide letters', longEverywhere('W'.repeat(200))],
    ['names of 200 words', longEverywhere(Array(200).fill('Zelle').join(' '))],
    [
      'Chinese, Arabic, emoji and lone surrogates',
      longEverywhere('电池測試 بطارية 🔋 \uD800 µΩ ß '.repeat(12)),
    ],
    ['control characters and markup', longEverywhere('<b>&amp;\u0000\u0007\n\r\t"\\)(</svg>'.repeat(10))],
    ['numbers with twelve decimals', longNumbers()],
    ['numbers that are none', noNumbers()],
    ['a horizon of one cycle', sampleReport({ horizon: 1 })],
    ['a horizon of 5000 cycles', sampleReport({ horizon: 5000, extrapolatedFrom: 50 })],
    ['40 blocks, 40 findings, 12 experts', crowded()],
  ]
}

function nothingKnown(): SampleReport {
  return changedReport(sampleReport({ hasInterval: false }), {
    report: { assessmentId: null },
    settings: { laboratory: { name: '', address: null, logo: null }, operator: null },
    assessment: {
      cell: '',
      chemistry: '',
      trajectory: [],
      endOfLife: { threshold: 0.8, p10: null, p50: null, p90: null, evidence: 'estimated' },
      presentCapacity: { value_Ah: NaN, low_Ah: null, high_Ah: null, evidence: 'not-determinable' },
      stateOfHealth: { value: NaN, low: null, high: null, definition: '', evidence: 'not-determinable' },
      gate: { weights: [], logits: [], stability: null },
      scenario: { name: '', blocks: [] },
    },
    inputs: {
      cell: {
        name: '',
        chemistry: null,
        nominalCapacity_Ah: null,
        temperature_degC: null,
        simulated: false,
      },
      cycle: {
        row: 0,
        number: 0,
        chargeCurve: null,
        relaxation: null,
        record: null,
        dischargeCapacity_Ah: null,
        use: { charge: null, discharge: null, before: null, temperature: null },
        stored: null,
      },
      record: null,
      measured: [],
    },
    manifest: { scaler: null, domain: null, interval: null, training: null, metrics: null },
  })
}

function longEverywhere(text: string): SampleReport {
  const report = crowded(text)
  const { scenario, stateOfHealth } = report.record.results.assessment
  return changedReport(report, {
    report: { assessmentId: text, programVersion: text },
    settings: {
      laboratory: { name: text, address: text, logo: null },
      operator: text,
      reviewer: text,
    },
    assessment: {
      cell: text,
      chemistry: text,
      simulated: true,
      model: { name: text, sha256: text },
      scenario: { ...scenario, name: text },
      stateOfHealth: { ...stateOfHealth, definition: text },
    },
    inputs: {
      cell: { ...report.record.inputs.cell, name: text, chemistry: text },
      battery: {
        maker: text,
        model: text,
        serial: text,
        manufactured: text,
        priorUse: text,
        status: text,
        nominalVoltage_V: 3.6,
      },
      record: { fileName: text, sha256: text, bytes: 2 ** 52, format: text, findings: [] },
    },
    manifest: {
      simulated: true,
      training: { preset: text, seed: 1, epochs: 1, settings: {}, data: [] },
    },
  })
}

function longNumbers(): SampleReport {
  const report = sampleReport()
  const odd = 3.123456789012
  const { gate } = report.record.results.assessment
  return changedReport(report, {
    assessment: {
      nominalCapacity_Ah: odd,
      presentCapacity: {
        value_Ah: odd,
        low_Ah: 3.000000000001,
        high_Ah: 3.999999999999,
        evidence: 'measured',
      },
      endOfLife: {
        threshold: 0.812345678901,
        p10: 12.345678901234,
        p50: 23.456789012345,
        p90: 1e12,
        evidence: 'extrapolated',
      },
      gate: { ...gate, weights: [0.2, 0.2, 0.2, 0.2, 0.2].map((w) => w + 1e-12) },
    },
    inputs: {
      cell: { ...report.record.inputs.cell, nominalCapacity_Ah: odd, temperature_degC: 24.999999999999 },
    },
  })
}

function noNumbers(): SampleReport {
  const report = sampleReport()
  const trajectory = report.record.results.assessment.trajectory.map((point) => ({
    ...point,
    capacity_Ah: NaN,
    low_Ah: -Infinity,
  }))
  return changedReport(report, {
    assessment: { trajectory, gate: { weights: [NaN], logits: [NaN], stability: NaN } },
    inputs: {
      cycle: {
        ...report.record.inputs.cycle,
        chargeCurve: { from_V: null, to_V: null, charge_Ah: [NaN, NaN, NaN] },
        relaxation: { time_s: null, voltage_V: [NaN] },
      },
    },
  })
}

function crowded(
  text = 'A finding that goes on for longer than anyone would like to read on paper.',
): SampleReport {
  const report = sampleReport({ extrapolatedFrom: 3, isSimulated: true })
  const [block] = report.record.results.assessment.scenario.blocks
  return changedReport(report, {
    assessment: {
      scenario: { name: 'Crowded', blocks: Array.from({ length: 40 }, () => block) },
      gate: {
        weights: Array<number>(12).fill(1 / 12),
        logits: Array<number>(12).fill(0),
        stability: 0.123456,
      },
      domain: {
        inside: false,
        findings: Array.from({ length: 40 }, () => ({ code: 'long', message: text, proposal: text })),
      },
    },
  })
}
