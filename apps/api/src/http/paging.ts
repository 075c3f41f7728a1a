import type { PageQuery } from '#contracts/http/page.dto.js';

/** The rows that a page covers. */
export function windowOf(query: PageQuery): { offset: number; limit: number } {
  const limit = query.page_size ?? 20;
  return { offset: ((query.page ?? 1) - 1) * limit, limit };
}

/** A list's envelope. The neighbouring pages are relative: they hold behind any proxy. */
export function pageOf<T>(
  path: string,
  query: PageQuery,
  count: number,
  results: T[],
): { count: number; next: string | null; previous: string | null; results: T[] } {
  const { offset, limit } = windowOf(query);
  const page = query.page ?? 1;
  const last = Math.ceil(count / limit);
  return {
    count,
    next: offset + limit < count ? linkTo(path, query, page + 1) : null,
    previous: page > 1 && last > 0 ? linkTo(path, query, Math.min(page - 1, last)) : null,
    results,
  };
}

function linkTo(path: string, query: PageQuery, page: number): string {
  const link = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, page })) {
    if (value !== undefined) link.set(name, String(value));
  }
  return `${path}?${link}`;
}
