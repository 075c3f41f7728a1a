import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

export function NotFound() {
  const words = useTexts(shellTexts);
  return (
    <Page title={words.notFound} lead={words.notFoundLead}>
      <div>
        <Button component={Link} to="/">
          {words.home}
        </Button>
      </div>
    </Page>
  );
}
