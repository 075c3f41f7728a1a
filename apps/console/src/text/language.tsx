import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];

/**
 * A screen's texts in both languages. English has to say what Spanish says, no more and no less,
 * or it does not compile; what counts or names something is a function. A screen brings its own
 * texts with it, so nobody loads those of the others.
 */
export interface Texts<Words> {
  es: Words;
  en: Words;
}

/** Checks that both languages say the same, and keeps the exact type. */
export function texts<Words>(both: { es: Words; en: NoInfer<Words> }): Texts<Words> {
  return both;
}

const key = 'ambacar.language';

const LanguageContext = createContext<{ language: Language; choose(to: Language): void }>({
  language: 'es',
  choose: () => undefined,
});

/** Spanish unless the reader chose English before, on this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(() =>
    localStorage.getItem(key) === 'en' ? 'en' : 'es',
  );
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(key, language);
  }, [language]);
  return <LanguageContext value={{ language, choose }}>{children}</LanguageContext>;
}

export function useLanguage() {
  return useContext(LanguageContext);
}

/** The words of the language that the reader chose. */
export function useTexts<Words>(both: Texts<Words>): Words {
  return both[useContext(LanguageContext).language];
}
