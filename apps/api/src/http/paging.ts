import type { FastifyRequest } from 'fastify';
import type { Page, PageQuery } from '#contracts/http/page.dto.js';

/**
 * Where the caller found us, without the query. The host was checked against ALLOWED_HOSTS; the
 * scheme is the proxy's that ended TLS, where there is one.
 */
export function addressOf(request: FastifyRequest): string {
  const secure = request.headers['x-forwarded-proto'] === 'https';
  const { pathname } = new URL(request.url, 'http://localhost');
  return `${secure ? 'https' : request.protocol}://${request.host}${pathname}`;
}

/** The rows that a page covers. */
export interface Window {
  offset: number;
  limit: number;
}

export function windowOf(query: PageQuery): Window {
  const limit = query.page_size ?? 20;
  return { offset: ((query.page ?? 1) - 1) * limit, limit };
}

/**
 * A list's answer: the rows that the query asks for, each as its view.
 *
 * @param read gives the rows of a window, and how many there are in all
 */
export async function listed<Row, View>(
  request: FastifyRequest,
  query: PageQuery,
  read: (window: Window) => Promise<{ count: number; rows: Row[] }>,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const { count, rows } = await read(windowOf(query));
  return pageOf(addressOf(request), query, count, rows.map(view));
}

/**
 * A list's envelope. The neighbouring pages are absolute, as the clients that follow them know it.
 *
 * @param address the list's own, from {@link addressOf}
 */
export function pageOf<T>(address: string, query: PageQuery, count: number, results: T[]): Page<T> {
  const { offset, limit } = windowOf(query);
  const page = query.page ?? 1;
  const last = Math.ceil(count / limit);
  return {
    count,
    next: offset + limit < count ? linkTo(address, query, page + 1) : null,
    previous: page > 1 && last > 0 ? linkTo(address, query, Math.min(page - 1, last)) : null,
    results,
  };
}

function linkTo(address: string, query: PageQuery, page: number): string {
  const link = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, page })) {
    if (value !== undefined) link.set(name, String(value));
  }
  return `${address}?${link}`;
}
