// The one inline style: Nuxt UI's colour variables. It changes with Nuxt UI and with the colours chosen in the build.
const colourVariables = 'sha256-1X47E3T13/CtdVSigDhKMtTqwtJl37ataKsCBmA0hQQ='

/** What the page may load and run: its own files only, no inline script, no eval. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' '${colourVariables}'`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
