/** The input of a request that needs none. */
export type Nothing = Record<string, never>
