import type { NoticePage, NoticeView } from '#contracts/client/types.gen.js';
import type { InboxSearch } from './route.js';

/** The first page as it is with a notice that has just come; any other, or one it does not fit, as it was. */
export function withNotice(
  known: NoticePage,
  notice: NoticeView,
  { taller, phase, unread, page }: InboxSearch,
  pageSize: number,
): NoticePage {
  const fits =
    (page ?? 1) === 1 &&
    (!taller || taller === notice.taller_id) &&
    (!phase || phase === notice.phase?.slug) &&
    !(unread && notice.is_read);
  if (!fits || known.results.some(({ number }) => number >= notice.number)) return known;
  const results = [notice, ...known.results].slice(0, pageSize);
  return { ...known, count: known.count + 1, results };
}
