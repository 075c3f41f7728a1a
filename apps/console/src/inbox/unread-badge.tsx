import { Badge } from '@mantine/core';
import { useNotices } from '../service/live.js';
import { useLanguage, useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';
import { useUnread } from './inbox-queries.js';
import { showBeside } from './show-beside.js';

/** How much is unread, on every screen; and, where it is allowed, each notice beside the page. */
export function UnreadBadge() {
  const words = useTexts(inboxTexts);
  const { language } = useLanguage();
  const { data } = useUnread();
  useNotices((notice) => showBeside(notice, language));
  const unread = data?.unread ?? 0;
  if (unread === 0) return null;
  return (
    <Badge size="sm" variant="filled" aria-label={words.unread(unread)}>
      {unread > 99 ? '99+' : unread}
    </Badge>
  );
}
