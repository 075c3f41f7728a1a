import { Button } from '@mantine/core';
import { useLanguage, useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const words = useTexts(shellTexts);
  const other = language === 'es' ? 'en' : 'es';
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      lang={other}
      aria-label={`${other.toUpperCase()}: ${words.otherLanguage}`}
      onClick={() => choose(other)}
    >
      {other.toUpperCase()}
    </Button>
  );
}
