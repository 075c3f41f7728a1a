import { Button, Code } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

/** A fault of ours in one screen; the others go on, and a new version may just have been put up. */
export function Crash({ error }: ErrorComponentProps) {
  const words = useTexts(shellTexts);
  return (
    <Page title={words.crash}>
      <Code block>{error instanceof Error ? error.message : String(error)}</Code>
      <div>
        <Button onClick={() => window.location.reload()}>{words.reload}</Button>
      </div>
    </Page>
  );
}
