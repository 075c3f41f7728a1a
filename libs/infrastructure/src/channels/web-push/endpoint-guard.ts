/** Which endpoints may be called. */
export interface EndpointRules {
  /** Host names of push services; their subdomains belong to them. */
  endpointHosts: readonly string[];
  /** Exact origins that the operator vouches for, `http:` and inner names included. */
  trustedOrigins: readonly string[];
}

export type EndpointCheck =
  /** `href` is what to keep and to call; never the text that came in. */
  { ok: true; href: string; origin: string; trusted: boolean } | { ok: false; why: string };

const maximumLength = 2048;

/**
 * Whether a subscription's endpoint, which anybody may send us, leads to a push service and
 * nowhere else. Asked when a subscription is registered and again at every send.
 *
 * The host must be a plain name although the parser has accepted it: other parsers end a host at
 * `'`, `;` or a brace, and so read `https://127.0.0.1'.push.apple.com/` as 127.0.0.1.
 */
export function checkEndpoint(raw: string, rules: EndpointRules): EndpointCheck {
  if (raw.length > maximumLength) return refuse(`longer than ${maximumLength} characters`);
  if (!/^https?:\/\/[!-~]+$/i.test(raw) || raw.includes('\\')) {
    return refuse('not a plain https address');
  }
  const url = parse(raw);
  if (!url) return refuse('not an address');
  if (url.username || url.password) return refuse('names a user');
  if (url.hash || raw.includes('#')) return refuse('has a fragment');
  if (rules.trustedOrigins.some((origin) => originOf(origin) === url.origin)) {
    return { ok: true, href: url.href, origin: url.origin, trusted: true };
  }
  const why = hostRefusal(url, rules.endpointHosts);
  return why ? refuse(why) : { ok: true, href: url.href, origin: url.origin, trusted: false };
}

function hostRefusal(url: URL, endpointHosts: readonly string[]): string | null {
  if (url.protocol !== 'https:') return 'not https';
  if (url.port !== '') return 'names a port';
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(url.hostname)) return 'the host is not a plain name';
  if (/\.\d+$/.test(url.hostname)) return 'the host is an IP address';
  const known = endpointHosts.some((host) => {
    const suffix = host.toLowerCase().replace(/^\.+|\.+$/g, '');
    return suffix !== '' && (url.hostname === suffix || url.hostname.endsWith(`.${suffix}`));
  });
  return known ? null : 'the host is not a known push service';
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function originOf(text: string): string | null {
  return parse(text)?.origin ?? null;
}

function refuse(why: string): EndpointCheck {
  return { ok: false, why };
}
