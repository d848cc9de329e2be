/**
 * Where data models put a field: ends of the path of keys. Battery Pass 1.2 (with the misspelt keys of its published
 * payloads) and Catena-X battery_pass 6.
 */
export const passportPaths: Readonly<Record<string, readonly string[]>> = {
  ratedCapacity: [
    'batteryTechicalProperties.ratedCapacity',
    'batteryTechnicalProperties.ratedCapacity',
    'rated.capacity.value',
  ],
  remainingCapacity: ['batteryCondition.remainingCapacity', 'dynamic.capacity.capacity'],
  capacityFade: ['batteryCondition.capacityFade', 'dynamic.capacity.fade'],
  stateOfCertifiedEnergy: ['batteryCondition.stateOfCertifiedEnergy', 'dynamic.energy.soce'],
  remainingEnergy: ['batteryCondition.remainingEnergy', 'dynamic.energy.remaining'],
  remainingPowerCapability: ['batteryCondition.remainingPowerCapability', 'dynamic.power.remaining'],
  remainingRoundTripEnergyEfficiency: [
    'batteryCondition.remainingRoundTripEnergyEfficiency',
    'dynamic.roundTripEfficiency.remaining',
  ],
  currentSelfDischargingRate: ['batteryCondition.currentSelfDischargingRate', 'dynamic.selfDischargingRate'],
  evolutionOfSelfDischarge: ['batteryCondition.evolutionOfSelfDischarge'],
  ohmicResistance: ['dynamic.resistance.remaining.cell'],
  internalResistanceIncrease: [
    'batteryCondition.internalResistanceIncrease',
    'dynamic.resistance.increase.cell',
  ],
  manufacturingDate: ['manufacturingDate'],
  puttingIntoService: ['puttingIntoService', 'operation.intoServiceDate'],
  energyThroughput: ['batteryCondition.energyThroughput', 'dynamic.energy.throughput'],
  capacityThroughput: ['batteryCondition.capacityThroughput', 'dynamic.capacity.throughput'],
  negativeEvents: ['batteryCondition.negativeEvents'],
  numberOfFullCycles: ['batteryCondition.numberOfFullCycles', 'dynamic.fullCycles'],
  chemistry: ['batteryChemistry.shortName', 'identification.chemistry'],
  passportIdentifier: ['batteryPassportIdentifier', 'metadata.passportIdentifier'],
  serialNumber: ['productIdentifier', 'identification.serial.0.value'],
  batteryCategory: ['batteryCategory', 'identification.category'],
  batteryStatus: ['batteryStatus', 'sustainability.status'],
}
