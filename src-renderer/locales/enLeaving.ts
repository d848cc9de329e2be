/** What becomes of running jobs when the window is closed, by the program behind it. */
export const leaving = {
  electron:
    'Closing the window stops them, and asks first. What is finished stays; a training can be resumed.',
  http: 'Closing this page stops them, and asks first; a training goes on. What is finished stays.',
} as const
