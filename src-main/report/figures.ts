import type { EChartsOption } from 'echarts'
import {
  chargeCurveOption,
  describeChargeCurve,
  describeIncrementalCapacity,
  incrementalCapacityOption,
} from '../../src-shared/chart/curves.ts'
import { describeRelaxation, relaxationOption } from '../../src-shared/chart/relaxation.ts'
import { describeRecord, recordOption } from '../../src-shared/chart/record.ts'
import { paperTheme } from '../../src-shared/chart/theme.ts'
import { trajectoryOption } from '../../src-shared/chart/trajectory.ts'
import { describeTrajectory } from '../../src-shared/chart/trajectoryWords.ts'
import type { CycleDetail } from '../../src-shared/contract/requests.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { type ChartSize, drawChart } from './drawChart.ts'
import { heading, ink, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const gap = 14

/** What the answer rests on, two by two. */
export async function smallFigures(input: CellReportInput): Promise<PaperNode[]> {
  const size = { width: (input.sheet.width - gap) / 2, height: 150 }
  const figures = await Promise.all(smallContents(input).map((content) => smallFigure(content, size)))
  const row = (from: number): PaperNode => ({
    columnGap: gap,
    columns: figures.slice(from, from + 2),
    margin: [0, 0, 0, 8],
    unbreakable: true,
  })
  return [row(0), row(2)]
}

export interface TrajectoryFigure {
  readonly title: PaperNode
  readonly sentence: PaperNode
  /** The chart itself over the full width, at the height (pt) that is left for it. */
  readonly draw: (height: number) => Promise<PaperNode>
}

export function trajectoryFigure({ assessment, measured, sheet }: CellReportInput): TrajectoryFigure {
  const chart = {
    series: [{ label: assessment.cell, assessment, measured }],
    threshold: assessment.endOfLife.threshold,
  }
  const isKnown = assessment.trajectory.some((point) => Number.isFinite(point.capacity_Ah))
  return {
    title: heading('Capacity trajectory under the planned use', sheet.width),
    sentence: write(describeTrajectory(chart), {
      width: sheet.width,
      lines: 2,
      colour: ink.muted,
      margin: [0, 1, 0, 5],
    }),
    draw: async (height) => {
      const size = { width: sheet.width, height }
      return isKnown ? picture(trajectoryOption(chart, paperTheme), size) : empty('not determinable', size)
    },
  }
}

function smallContents({ cycle, manifest }: CellReportInput): SmallFigure[] {
  const isRestUsed = manifest.input.features === 12
  const restTitle = isRestUsed ? 'Relaxation (used)' : 'Relaxation (not used by this model)'
  return [
    signalFigure(cycle.record),
    ...curveFigures(cycle.chargeCurve),
    restFigure(restTitle, cycle.relaxation),
  ]
}

function signalFigure(record: CycleDetail['record']): SmallFigure {
  const title = 'Voltage over time (shown only)'
  if (record === null) return notPerformed(title)
  return {
    title,
    values: record.voltage_V,
    option: recordOption(record, paperTheme),
    caption: describeRecord(record),
  }
}

function curveFigures(used: CycleDetail['chargeCurve']): SmallFigure[] {
  const titles = { charge: 'Charge curve (used)', slope: 'dQ/dV (shown only)' }
  if (used === null) return [notPerformed(titles.charge), notPerformed(titles.slope)]
  const chart = { used }
  return [
    {
      title: titles.charge,
      values: used.charge_Ah,
      option: chargeCurveOption(chart, paperTheme),
      caption: describeChargeCurve(chart),
    },
    {
      title: titles.slope,
      values: used.charge_Ah,
      option: incrementalCapacityOption(chart, paperTheme),
      caption: describeIncrementalCapacity(chart),
    },
  ]
}

function restFigure(title: string, relaxation: CycleDetail['relaxation']): SmallFigure {
  if (relaxation === null) return notPerformed(title)
  return {
    title,
    values: relaxation.voltage_V,
    option: relaxationOption(relaxation, paperTheme),
    caption: describeRelaxation(relaxation),
  }
}

function notPerformed(title: string): SmallFigure {
  return { title, values: null, option: null, caption: '' }
}

interface SmallFigure {
  readonly title: string
  /** Null where the measurement was not made. */
  readonly values: readonly number[] | null
  readonly option: EChartsOption | null
  readonly caption: string
}

async function smallFigure(
  { title, values, option, caption }: SmallFigure,
  size: ChartSize,
): Promise<PaperNode> {
  const { width } = size
  const isDrawn = option !== null && values !== null && values.filter(Number.isFinite).length > 1
  return {
    width,
    stack: [
      write(isDrawn ? title : title.replace(/ \(.*/, ''), { width, isBold: true, margin: [0, 0, 0, 1] }),
      isDrawn
        ? await picture(option, size)
        : empty(values === null ? 'not performed' : 'not determinable', size),
      write(isDrawn ? caption : '', { width, size: smallSize, lines: 2, colour: ink.muted }),
    ],
  }
}

async function picture(option: EChartsOption, size: ChartSize): Promise<PaperNode> {
  return { svg: await drawChart(option, size), ...size }
}

/** A frame of a chart's size that says why there is none, so that the page keeps its shape. */
function empty(reason: string, { width, height }: ChartSize): PaperNode {
  return {
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">` +
      `<rect x="1" y="4" width="${width - 2}" height="${height - 10}" fill="none" stroke="${ink.rule}" ` +
      `stroke-dasharray="3 3"/><text x="${width / 2}" y="${height / 2}" text-anchor="middle" ` +
      `font-family="${paperTheme.fontFamily}" font-size="8" fill="${ink.muted}">${reason}</text></svg>`,
    width,
    height,
  }
}
