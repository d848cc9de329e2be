/**
 * Notices stand between two empty guards, which lead the focus in and out. Their library hides the guards from assistive
 * technology, which nothing that takes the focus may be: here they are shown, with nothing in them to be read.
 */
export function showNoticeGuards(): void {
  const region = document.querySelector('[role="region"][aria-label^="Notifications"]')
  if (region === null) return
  new MutationObserver(() => {
    for (const guard of region.querySelectorAll(':scope > [tabindex="0"][aria-hidden]'))
      guard.removeAttribute('aria-hidden')
  }).observe(region, { childList: true })
}
