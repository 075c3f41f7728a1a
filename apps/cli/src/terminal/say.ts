/** Picks the words for the terminal: Spanish, unless its language is another one (LC_ALL, LANG). */
export function say(spanish: string, english: string): string {
  return inSpanish() ? spanish : english;
}

/** Whether the terminal's people read Spanish. `C` and `POSIX` say nothing about them. */
export function inSpanish(): boolean {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const language = LC_ALL || LC_MESSAGES || LANG || 'es';
  return /^(es|C|POSIX)(?![a-z])/i.test(language);
}
