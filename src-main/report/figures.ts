import type { EChartsOption } from 'echarts'
import {
  chargeCurveOption,
  describeChargeCurve,
  describeIncrementalCapacity,
  incrementalCapacityOption,
} from '../../src-shared/chart/curves.ts'
import { describeRelaxation, relaxationOption } from '../../src-shared/chart/relaxation.ts'
import { paperTheme } from '../../src-shared/chart/theme.ts'
import { trajectoryOption } from '../../src-shared/chart/trajectory.ts'
import { describeTrajectory } from '../../src-shared/chart/trajectoryWords.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { type ChartSize, drawChart } from './drawChart.ts'
import { contentWidth, heading, ink, type PaperNode, smallSize, write } from './paper.ts'

const large = { width: contentWidth, height: 172 }
const gap = 10
const small = { width: (contentWidth - 2 * gap) / 3, height: 104 }

/** The trajectory large, what it rests on small beneath it. */
export async function figures(input: CellReportInput): Promise<PaperNode[]> {
  return [...(await trajectoryFigure(input)), { columnGap: gap, columns: await smallFigures(input) }]
}

async function trajectoryFigure({ assessment, measured = [] }: CellReportInput): Promise<PaperNode[]> {
  const chart = {
    series: [{ label: assessment.cell, assessment, measured }],
    threshold: assessment.endOfLife.threshold,
  }
  return [
    heading('Capacity trajectory under the planned use', contentWidth),
    await picture(trajectoryOption(chart, paperTheme), large),
    write(describeTrajectory(chart), {
      width: contentWidth,
      lines: 2,
      colour: ink.muted,
      margin: [0, 1, 0, 5],
    }),
  ]
}

function smallFigures({ cycle, manifest }: CellReportInput): Promise<PaperNode[]> {
  const { chargeCurve, relaxation } = cycle
  const curve = chargeCurve === null || chargeCurve.charge_Ah.length < 2 ? null : { used: chargeCurve }
  const rest = relaxation === null || relaxation.voltage_V.length === 0 ? null : relaxation
  const isRestUsed = manifest.input.features === 12
  return Promise.all([
    smallFigure({
      title: 'Charge curve (used)',
      option: curve && chargeCurveOption(curve, paperTheme),
      caption: curve && describeChargeCurve(curve),
    }),
    smallFigure({
      title: 'dQ/dV (shown only)',
      option: curve && incrementalCapacityOption(curve, paperTheme),
      caption: curve && describeIncrementalCapacity(curve),
    }),
    smallFigure({
      title: isRestUsed ? 'Relaxation (used)' : 'Relaxation (not used by this model)',
      option: rest && relaxationOption(rest, paperTheme),
      caption: rest && describeRelaxation(rest),
    }),
  ])
}

interface SmallFigure {
  readonly title: string
  /** Null where the measurement was not made. */
  readonly option: EChartsOption | null
  readonly caption: string | null
}

async function smallFigure({ title, option, caption }: SmallFigure): Promise<PaperNode> {
  const { width } = small
  return {
    width,
    stack: [
      write(title, { width, size: 7.5, isBold: true, margin: [0, 0, 0, 1] }),
      option === null ? absent() : await picture(option, small),
      write(caption ?? 'Not performed.', { width, size: smallSize, lines: 2, colour: ink.muted }),
    ],
  }
}

async function picture(option: EChartsOption, size: ChartSize): Promise<PaperNode> {
  return { svg: await drawChart(option, size), ...size }
}

/** A frame of a chart's size, so that the page keeps its shape. */
function absent(): PaperNode {
  const { width, height } = small
  return {
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">` +
      `<rect x="1" y="4" width="${width - 2}" height="${height - 10}" fill="none" stroke="${ink.rule}" ` +
      `stroke-dasharray="3 3"/><text x="${width / 2}" y="${height / 2}" text-anchor="middle" ` +
      `font-family="${paperTheme.fontFamily}" font-size="8" fill="${ink.muted}">not performed</text></svg>`,
    width,
    height,
  }
}
