import type { IncomingHttpHeaders } from 'node:http';

/** As much of a request as tells where it was made. */
export interface FromPage {
  method: string;
  headers: IncomingHttpHeaders;
}

/** What a request is told that a page of another origin made. */
export const foreignPage = 'A page of another origin may not do this.';

const looking = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a page of our own origin made the request: `Sec-Fetch-Site` says so, which no page can
 * set (Fetch Metadata, section 2.4), or, from browsers and addresses without it, `Origin`.
 */
function isSameOrigin({ headers }: Pick<FromPage, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && hostOf(headers.origin) === headers.host?.toLowerCase();
}

/** Whether it wants something changed, and nothing says that a page of ours asks for it. */
export function isUnprovenChange(request: FromPage): boolean {
  return !looking.has(request.method) && !isSameOrigin(request);
}

/** Whether it wants something changed, and a browser says that a page of others asks for it. */
export function isForeignChange(request: FromPage): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  return isUnprovenChange(request) && (site !== undefined || origin !== undefined);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
