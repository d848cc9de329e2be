/** Texts of the five-minute tour; one entry a step. */
export const guide = {
  title: 'Five-minute tour',
  start: 'Take the five-minute tour',
  at: (step: number, all: number) => `${step} of ${all}`,
  show: 'Show me',
  showHint: 'Moves the focus to the place with the frame',
  back: 'Back',
  next: 'Next',
  skip: 'Skip',
  end: 'End the tour',
  done: 'Done',
  toHelp: 'Open help',
  steps: {
    samples: {
      title: 'Begin with the sample cells',
      text: 'Press “Add the sample cells”: three simulated retired cells are read and assessed. Yours are not touched.',
    },
    open: {
      title: 'Open a cell',
      text: 'Click a row of the table, or press Enter on it: the cell is assessed from one partial charge and one rest.',
    },
    verdict: {
      title: 'Read the verdict',
      text: 'State of health with its interval, the present capacity, and the cycles to 80 %. The tag says what a number rests on; ▲ marks what lies outside the training, or was assumed because the file does not say it.',
    },
    trajectory: {
      title: 'Read the curve',
      text: 'Solid is estimated, dotted extrapolated; nine in ten cells stay within the band. Planned use above it changes what comes, never the present capacity.',
    },
    scenario: {
      title: 'Make a plan',
      text: 'Go to Scenarios and press “New scenario”. It says how the cell will be used next, block by block.',
    },
    edit: {
      title: 'Edit the plan',
      text: 'Drag the edge of block 1, or focus it and press ← →. The trajectory below follows; amber and red lie outside what was trained.',
    },
    pick: {
      title: 'Choose two cells',
      text: 'In the library, tick two cells: the box at the left, or Space on the row.',
    },
    compare: {
      title: 'Compare them',
      text: 'Press “Compare”: both trajectories appear in one figure, ranked in the table below it.',
    },
    plan: {
      title: 'Put your plan beside them',
      text: 'Choose “Add a scenario” and take the plan just made: cells × plans, ranked at the confidence chosen at the top right.',
    },
    save: {
      title: 'Take the figure away',
      text: 'Open the arrow at the corner of the figure and save it as PNG or SVG, or its numbers as CSV.',
    },
    end: {
      title: 'That is the main job',
      text: 'Your own records go in at Import. The sample cells can be removed in the library; removing can be undone.',
    },
  },
} as const
