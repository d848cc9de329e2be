/** What `waiting` brings; fails by what was waited for where that takes longer than `limit_ms`. */
export async function within<T>(what: string, waiting: Promise<T>, limit_ms = 30_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${limit_ms / 1000} s for ${what}.`)), limit_ms)
  })
  try {
    return await Promise.race([waiting, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
