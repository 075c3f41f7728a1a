// Texts before there is a build. Spanish, unless the terminal's language is another one.

export function text(spanish, english) {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const language = LC_ALL || LC_MESSAGES || LANG || 'es';
  return /^(es|C|POSIX)(?![a-z])/i.test(language) ? spanish : english;
}
