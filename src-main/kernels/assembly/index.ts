export { adam } from './adam'
export { logistic, tanh } from './activation'
export { addNoise, gateBackward, gateForward, noiseBackward, route, routeBackward } from './gate'
export { lstmPack, lstmStep, lstmStepBackward, lstmStepKept } from './lstm'
export { addColumnSums, addOuter, multiply, packColumns, packRows } from './matrix'
export {
  addOutput,
  addOutputGradient,
  addTrendGradient,
  fillInputs,
  mix,
  mixBackward,
  transpose,
} from './mixture'
