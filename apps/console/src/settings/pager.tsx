import { Button, Group, Text } from '@mantine/core';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { settingsTexts } from './settings.texts.js';

interface PagerProps {
  page: number;
  pageSize: number;
  /** Things on all pages. */
  count: number;
  go: (page: number) => void;
}

/** Turns a list over. Nothing where there is one page. */
export function Pager({ page, pageSize, count, go }: PagerProps) {
  const words = useTexts(settingsTexts);
  const formats = useFormats();
  const last = Math.max(1, Math.ceil(count / pageSize));
  if (last === 1) return null;
  return (
    <Group component="nav" aria-label={words.pages} gap="sm">
      <Button size="xs" variant="default" disabled={page <= 1} onClick={() => go(page - 1)}>
        {words.previous}
      </Button>
      <Text size="sm">{words.page(formats.number(page), formats.number(last))}</Text>
      <Button size="xs" variant="default" disabled={page >= last} onClick={() => go(page + 1)}>
        {words.next}
      </Button>
    </Group>
  );
}
