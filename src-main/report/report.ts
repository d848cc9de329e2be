// The report as the services see it: printing, and reading back what was printed.
export { attachedFile } from './attachments.ts'
export { attachedNames } from './attaching.ts'
export { cellReport } from './cellReport.ts'
export { changedFields, differingFields } from './differences.ts'
export { differingParts } from './differingParts.ts'
export { splitSignature, withSignature } from './signature.ts'
export { reportRecordSchema } from './reportRecordSchema.ts'
