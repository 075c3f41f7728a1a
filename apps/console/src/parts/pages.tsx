import { Group, Pagination, Text } from '@mantine/core';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { pagesTexts } from './pages.texts.js';

interface PagesProps {
  /** Things on all pages together. */
  count: number;
  /** From 1. */
  page: number;
  pageSize: number;
  onPage(page: number): void;
}

/** Where one is in a list that the service gives page by page, and the way to the other pages. */
export function Pages({ count, page, pageSize, onPage }: PagesProps) {
  const words = useTexts(pagesTexts);
  const { number } = useFormats();
  const pages = Math.ceil(count / pageSize);
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, count);
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {count === 0 || first > count
          ? words.none
          : words.range(number(first), number(last), number(count))}
      </Text>
      {pages > 1 ? (
        <nav aria-label={words.pages}>
          <Pagination
            size="sm"
            total={pages}
            value={page}
            onChange={onPage}
            siblings={0}
            getItemProps={(item) => ({ 'aria-label': words.page(number(item)) })}
            getControlProps={(control) => ({
              'aria-label': control === 'next' ? words.next : words.previous,
            })}
          />
        </nav>
      ) : null}
    </Group>
  );
}
