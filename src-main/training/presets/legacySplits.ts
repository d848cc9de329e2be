/** Numbers of the cells that trained, chose the epoch and tested one published network. */
export interface LegacySplit {
  /** As in a list of cells: set and condition. */
  readonly condition: string
  readonly train: readonly number[]
  readonly validation: readonly number[]
  readonly test: readonly number[]
}

/**
 * The cell lists of the authors' public code (PIMOE, arXiv 2506.17755), in their order, overlaps included: what the
 * published numbers were made with.
 */
export const legacySplits: readonly LegacySplit[] = [
  {
    condition: 'UL-NCA CY45-05_1',
    train: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
    validation: [28, 25],
    test: [24, 26, 27, 22, 23],
  },
  {
    condition: 'UL-NCA CY25-05_1',
    train: [2, 3, 4, 18, 5, 6, 7, 8, 9, 10, 11, 13],
    validation: [18, 19],
    test: [1, 14, 15, 16, 17, 12],
  },
  { condition: 'UL-NCA CY25-025_1', train: [1, 2, 3], validation: [7], test: [5, 6, 4] },
  { condition: 'UL-NCA CY25-1_1', train: [1, 2, 3, 4, 5], validation: [6], test: [7, 8, 9] },
  { condition: 'UL-NCA CY35-05_1', train: [1, 2], validation: [2], test: [2] },
  {
    condition: 'UL-NCM CY45-05_1',
    train: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    validation: [28, 17],
    test: [24, 26, 27, 22, 23],
  },
  {
    condition: 'UL-NCM CY25-05_1',
    train: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16],
    validation: [5, 17],
    test: [18, 19, 20, 21, 22, 23],
  },
  { condition: 'UL-NCM CY35-05_1', train: [1], validation: [2], test: [3, 4] },
  { condition: 'UL-NCMNCA CY25-05_1', train: [1], validation: [2], test: [3] },
  { condition: 'UL-NCMNCA CY25-05_2', train: [1], validation: [2], test: [3] },
  { condition: 'UL-NCMNCA CY25-05_4', train: [1], validation: [2], test: [3] },
  {
    condition: 'TPSL Arbitrary',
    train: [
      1, 3, 7, 9, 14, 15, 17, 18, 20, 21, 24, 25, 27, 28, 30, 31, 34, 36, 37, 39, 40, 42, 43, 46, 47, 50, 54,
      55, 56, 59, 60, 74, 75, 76, 77, 67, 68, 69, 73,
    ],
    validation: [66, 70],
    test: [5, 8, 11, 12, 71, 72, 33, 43, 46, 61, 62, 63, 64, 65],
  },
  {
    condition: 'TPSL Fixed',
    train: [6, 22, 26, 29, 32, 38, 41, 44, 49, 52, 53],
    validation: [45, 58],
    test: [23, 35, 48, 57],
  },
  {
    condition: 'LSD',
    train: [
      1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 2, 20, 21, 22, 23, 28, 29, 3, 30, 31, 32, 33, 34, 35, 36, 37,
      38, 39, 4, 40, 41, 42, 46, 47, 48, 49, 5, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 6, 60, 63, 64, 65, 80,
      81, 82, 83, 78,
    ],
    validation: [66, 67, 68, 69, 7, 70, 71, 72, 73, 74, 86, 87],
    test: [43, 44, 45, 75, 76, 77, 78, 79, 8, 24, 25, 26, 27, 84, 85, 88, 9, 14],
  },
]
