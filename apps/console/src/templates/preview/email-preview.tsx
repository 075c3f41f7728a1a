import { Box, Code, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ContentView } from '#contracts/client/types.gen.js';
import { useTexts } from '../../text/language.js';
import { hasForeignImages, inScheme } from './email-scheme.js';
import { previewTexts } from './preview.texts.js';

const views = ['desktop', 'phone', 'dark', 'text'] as const;
type View = (typeof views)[number];

/** Phones cut a subject off after about so many characters. */
const shownSubject = 60;

export function EmailPreview({ message }: { message: ContentView }) {
  const words = useTexts(previewTexts);
  const [view, look] = useState<View>('desktop');
  const { subject = '', html = '', text = '' } = message;
  return (
    <Stack gap="xs">
      <Text size="sm">
        <b>{words.subject}:</b> {subject}
      </Text>
      {subject.length > shownSubject ? (
        <Text size="xs" c="dimmed">
          {words.longSubject(subject.length)}
        </Text>
      ) : null}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={words.view}
        data={views.map((value) => ({ value, label: words.views[value] }))}
        value={view}
        onChange={(value) => look(views.find((each) => each === value) ?? 'desktop')}
      />
      {view === 'text' ? (
        <Code
          block
          style={{ whiteSpace: 'pre-wrap' }}
          tabIndex={0}
          role="region"
          aria-label={words.views.text}
        >
          {text}
        </Code>
      ) : (
        <Box maw={view === 'phone' ? 390 : undefined} w="100%" mx="auto">
          <iframe
            title={words.frame}
            // No script, no form, no cookie of ours: staff's HTML is shown, never trusted.
            sandbox=""
            srcDoc={inScheme(html, view === 'dark' ? 'dark' : 'light')}
            style={{
              width: '100%',
              height: 520,
              border: '1px solid var(--mantine-color-default-border)',
              background: '#fff',
              colorScheme: view === 'dark' ? 'dark' : 'light',
            }}
          />
        </Box>
      )}
      {hasForeignImages(html) ? (
        <Text size="xs" c="dimmed">
          {words.images}
        </Text>
      ) : null}
    </Stack>
  );
}
