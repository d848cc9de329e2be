/** Texts of the switch for hardware acceleration. */
export const acceleration = {
  title: 'Drawing',
  hint: 'Switch it off where the window stays empty, flickers or draws wrongly, as over a remote desktop or in a virtual machine.',
  label: 'Hardware acceleration',
  onNext: 'Switched on from the next start of the program.',
  offNext: 'Switched off from the next start of the program.',
} as const
