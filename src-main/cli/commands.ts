import type { Command } from './command.ts'
import { assessCommand } from './commands/assess.ts'
import { batchCommand } from './commands/batch.ts'
import { benchCommand } from './commands/bench.ts'
import { cellCommand, cellsCommand } from './commands/cells.ts'
import { redoCommand, undoCommand } from './commands/editCells.ts'
import { compareCommand } from './commands/compare.ts'
import { declareCommand } from './commands/declare.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { exportCommand } from './commands/export.ts'
import { gradeCommand } from './commands/grade.ts'
import { importCommand } from './commands/import.ts'
import { inspectCommand } from './commands/inspect.ts'
import { backupCommand, checkCommand, restoreCommand } from './commands/keeping.ts'
import { logCommand } from './commands/log.ts'
import { measureCommand } from './commands/measure.ts'
import { modelsCommand } from './commands/models.ts'
import { quarantineCommand } from './commands/quarantine.ts'
import { presetsCommand } from './commands/presets.ts'
import { recordCommand } from './commands/record.ts'
import { reportCommand } from './commands/report.ts'
import { reportsCommand } from './commands/reports.ts'
import { rulesCommand } from './commands/rules.ts'
import { runCommand, runsCommand } from './commands/runs.ts'
import { adviseCommand } from './commands/advise.ts'
import { scoresCommand } from './commands/scores.ts'
import { scenariosCommand } from './commands/scenarios.ts'
import { serveCommand } from './commands/serve.ts'
import { templatesCommand } from './commands/templates.ts'
import { trainCommand } from './commands/train.ts'
import { verifyCommand } from './commands/verify.ts'

/** Every command of the program, in the order of the help. */
export const commands: readonly Command[] = [
  importCommand,
  inspectCommand,
  templatesCommand,
  quarantineCommand,
  cellsCommand,
  cellCommand,
  undoCommand,
  redoCommand,
  recordCommand,
  scenariosCommand,
  assessCommand,
  measureCommand,
  adviseCommand,
  scoresCommand,
  compareCommand,
  batchCommand,
  gradeCommand,
  rulesCommand,
  declareCommand,
  exportCommand,
  reportCommand,
  reportsCommand,
  verifyCommand,
  logCommand,
  backupCommand,
  restoreCommand,
  checkCommand,
  presetsCommand,
  trainCommand,
  runsCommand,
  runCommand,
  evaluateCommand,
  modelsCommand,
  serveCommand,
  benchCommand,
]
