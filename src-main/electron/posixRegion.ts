/**
 * BCP 47 name of the region whose numbers and dates the environment asks for; null where it names none. POSIX: LC_ALL
 * goes before the category, the category before LANG, and what is empty counts as unset.
 */
export function posixRegion(env: NodeJS.ProcessEnv): string | null {
  const named = [env['LC_ALL'], env['LC_NUMERIC'], env['LC_TIME'], env['LANG']].find(Boolean) ?? ''
  return /^[a-z]{2,3}(?:_[A-Z]{2})?(?=[.@]|$)/.exec(named)?.[0].replace('_', '-') ?? null
}
