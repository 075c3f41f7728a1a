/**
 * An e-mail's HTML as a mail program in light or dark colours shows it. A frame asks the browser,
 * not us, which colours are preferred, so its question is answered in the text.
 */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  const answer = scheme === 'dark' ? '(min-width: 0)' : '(max-width: 0)';
  return html.replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi, answer);
}

/** Whether the HTML asks another origin for a picture, which the console does not load. */
export function hasForeignImages(html: string): boolean {
  return /<img\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?\/\//i.test(html);
}
