import { describeScenario } from '../../src-shared/chart/scenario.ts'
import { evidenceWords } from '../../src-shared/chart/trajectoryWords.ts'
import type { Assessment, Evidence } from '../../src-shared/forecast/assessment.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'
import {
  formatCapacity,
  formatCapacityInterval,
  formatCycles,
  formatEnergy,
  formatEnergyInterval,
  formatPercent,
  formatPercentInterval,
  formatThreshold,
} from '../../src-shared/units/labels.ts'
import { named } from './bidi.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { domainWords } from './domainWords.ts'
import { gradeBlock } from './gradeBlock.ts'
import { factTable, ink, sideBySide, smallSize, write, writeLarge } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

interface Answer {
  readonly name: string
  readonly value: string
  readonly range: string
  readonly evidence: string
  readonly isWarning: boolean
}

/** What the report decides: four answers, each with interval and what it rests on, then their definition and plan. */
export function verdict(input: CellReportInput): PaperNode[] {
  const { assessment, manifest, sheet } = input
  const answers = [
    healthAnswer(assessment, manifest),
    capacityAnswer(assessment, manifest),
    lifeAnswer(assessment),
    domainAnswer(assessment),
  ]
  return [
    panel(sheet.width, gradeBlock(input)),
    panel(
      sheet.width,
      sideBySide(
        { width: sheet.width, gap: 8 },
        answers.map((answer) => (width) => answerStack(answer, width)),
      ),
    ),
    factTable(
      [
        { name: 'State of health is', value: orNotStated(assessment.stateOfHealth.definition), lines: 2 },
        { name: 'Remaining energy', value: energyWords(input), lines: 2 },
        { name: 'Planned use', value: plannedUse(assessment), lines: 3 },
      ],
      { width: sheet.width, nameWidth: 78 },
    ),
  ]
}

function healthAnswer({ stateOfHealth }: Assessment, manifest: Manifest): Answer {
  const { value, low, high, evidence } = stateOfHealth
  const range = low === null || high === null ? null : formatPercentInterval(low, high)
  return {
    name: 'State of health',
    value: known(evidence, formatPercent(value)),
    range: intervalWords(range, manifest),
    ...rest(evidence),
  }
}

function capacityAnswer({ presentCapacity }: Assessment, manifest: Manifest): Answer {
  const { value_Ah, low_Ah, high_Ah, evidence } = presentCapacity
  const range = low_Ah === null || high_Ah === null ? null : formatCapacityInterval(low_Ah, high_Ah)
  return {
    name: 'Present capacity',
    value: known(evidence, formatCapacity(value_Ah)),
    range: intervalWords(range, manifest),
    ...rest(evidence),
  }
}

function lifeAnswer({ endOfLife, trajectory }: Assessment): Answer {
  const { p10, p50, p90, threshold } = endOfLife
  const horizon = trajectory.at(-1)?.cycle
  if (horizon === undefined) return undetermined(`Cycles to ${formatThreshold(threshold)}`)
  return {
    name: `Cycles to ${formatThreshold(threshold)}`,
    value: p50 === null ? 'not within the horizon' : formatCycles(p50),
    range: `${p50 === null ? '' : 'P50; '}P10 ${cyclesOrBeyond(p10, horizon)}, P90 ${cyclesOrBeyond(p90, horizon)}`,
    evidence: `${evidenceWords(endOfLife.evidence)}; horizon ${formatCycles(horizon)}`,
    isWarning: endOfLife.evidence === 'extrapolated',
  }
}

function undetermined(name: string): Answer {
  return { name, value: 'not determinable', range: '', evidence: '', isWarning: false }
}

function domainAnswer(assessment: Assessment): Answer {
  const { value, range, evidence, isWarning } = domainWords(assessment)
  return { name: 'Trained domain', value, range, evidence, isWarning }
}

function answerStack({ name, value, range, evidence, isWarning }: Answer, width: number): PaperNode[] {
  const colour = isWarning ? ink.warning : ink.text
  return [
    write(name, { width, size: 7, colour: ink.muted }),
    writeLarge(value, { width, sizes: [17, 14, 10.5], margin: [0, 1, 0, 1] }),
    write(range, { width, size: smallSize, lines: 2 }),
    write(evidence, { width, size: smallSize, lines: 2, colour, isBold: isWarning, margin: [0, 1, 0, 0] }),
  ]
}

function panel(width: number, content: PaperNode): PaperNode {
  return {
    table: { widths: [width], body: [[content]] },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0,
      hLineColor: () => ink.rule,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 5,
      paddingBottom: () => 5,
    },
    margin: [0, 3, 0, 3],
  }
}

function energyWords({ energy, manifest }: CellReportInput): string {
  const { value_Wh, low_Wh, high_Wh, evidence, basis } = energy
  if (value_Wh === null) return `not performed: ${basis}`
  const range = low_Wh === null || high_Wh === null ? null : formatEnergyInterval(low_Wh, high_Wh)
  const interval = evidence === 'measured' ? '' : `, ${intervalWords(range, manifest)}`
  return `${formatEnergy(value_Wh)}${interval}; ${evidenceWords(evidence)}: ${basis}`
}

function plannedUse({ scenario }: Assessment): string {
  return `${named(orNotStated(scenario.name))}: ${describeScenario(scenario)}`
}

function orNotStated(text: string): string {
  return text.trim() === '' ? 'not stated' : text
}

function rest(evidence: Evidence): { evidence: string; isWarning: boolean } {
  return { evidence: evidenceWords(evidence), isWarning: evidence === 'extrapolated' }
}

function known(evidence: Evidence, text: string): string {
  return evidence === 'not-determinable' ? 'not determinable' : text
}

function intervalWords(range: string | null, { interval }: Manifest): string {
  if (range === null) return 'interval unknown'
  return interval === null ? range : `${range} (${formatThreshold(interval.level)} interval)`
}

function cyclesOrBeyond(cycles: number | null, horizon: number): string {
  return cycles === null ? `beyond ${horizon}` : String(Math.round(cycles))
}
