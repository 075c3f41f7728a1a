import type { ServiceProblem } from '../service/ask.js';
import type { Language } from '../text/language.js';
import { type Member, members } from './draft.js';

/** What is wrong with a part of a template, and where. */
export interface Fault {
  /** From 1; null where the whole part is meant. */
  line: number | null;
  column: number | null;
  why: string;
}

export type Faults = Partial<Record<Member, Fault[]>>;

/** The faults that a refused save or preview names, by the member that must change. */
export function faultsOf(problem: ServiceProblem | null, language: Language): Faults {
  const faults: Faults = {};
  for (const member of members) {
    const whys = problem?.errors[member];
    if (whys) faults[member] = whys.map((why) => faultOf(why, language));
  }
  return faults;
}

function faultOf(told: string, language: Language): Fault {
  const placed = /^line (\d+), column (\d+): (.*)$/s.exec(told);
  const [, line, column, why] = placed ?? [];
  return {
    line: line ? Number(line) : null,
    column: column ? Number(column) : null,
    why: inWords(why ?? told, language),
  };
}

/** The API's sentences that those who write templates meet most, in Spanish; others stay as they are. */
function inWords(why: string, language: Language): string {
  if (language === 'en') return why;
  for (const [pattern, spanish] of sentences)
    if (pattern.test(why)) return why.replace(pattern, spanish);
  return why;
}

const sentences: readonly [RegExp, string][] = [
  [
    /^(\{\{.*\}\}) is no variable; did you mean (\{\{.*\}\})\?$/s,
    '$1 no es una variable; ¿quiso decir $2?',
  ],
  [/^(\{\{.*\}\}) is no variable; known are (.*)$/s, '$1 no es una variable; las que hay son $2'],
  [/^(?:is required|must not be blank)$/, 'no puede quedar vacío'],
  [/^must not come out blank.*$/s, 'podría salir vacío: escriba algo fuera de las condiciones'],
  [
    /^has (\d+) characters with the variables' examples, must be under (\d+)$/,
    'tiene $1 caracteres con los valores de ejemplo; debe tener menos de $2',
  ],
  [/^must be one line.*$/s, 'debe ser una sola línea'],
  [
    /^must be a page under (\S+):.*$/s,
    'debe ser una página de $1: empiece con una sola "/" y sin espacios',
  ],
  [/^(?:output|tag) (.*) not closed$/s, '$1 no está cerrado'],
  [/^tag (.*) not found$/s, 'la etiqueta $1 no existe'],
  [/^undefined filter: (.*)$/s, 'el filtro $1 no existe'],
];
