import { askHelmet } from '../http/security-headers.js';

/**
 * What the console's page may do: run our own files and ask our own origin, and nothing else.
 * `connect-src 'self'` takes in the WebSocket of the same origin (CSP 3, section 6.7.2.8).
 */
export const consoleHeaders: Readonly<Record<string, string>> = Object.freeze({
  ...askHelmet({
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // Its components place what floats by styles in the page.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    // Mails are shown in frames without an address of their own; the queues' board has one of ours.
    frameSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  }),
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)',
});
