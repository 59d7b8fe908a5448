/** What a header field means, in a sentence, and the document that says so. */
export interface HeaderMeaning {
  readonly text: string;
  /** A name that people look up: `RFC 9110, 8.3`. */
  readonly source: string;
  readonly url: string;
}

const rfc = (number: number, section: string): readonly [source: string, url: string] => [
  `RFC ${number}, ${section}`,
  `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
];
const page = (source: string, url: string): readonly [source: string, url: string] => [source, url];
const fetchStandard = page('Fetch standard', 'https://fetch.spec.whatwg.org/');
const http = (section: string) => rfc(9110, section);
const caching = (section: string) => rfc(9111, section);

type Entry = readonly [name: string, text: string, from: readonly [source: string, url: string]];

const ENTRIES: readonly Entry[] = [
  // Content
  ['Content-Type', 'The media type of the body, with the charset of a text.', http('8.3')],
  ['Content-Length', 'How many bytes the body has on the wire, compressed if it is.', http('8.6')],
  [
    'Content-Encoding',
    'How the body is compressed. The browser has undone it before anything is shown here.',
    http('8.4'),
  ],
  ['Content-Language', 'For readers of which languages the body is meant.', http('8.5')],
  ['Content-Location', 'The URL under which just this form of the resource is to be had.', http('8.7')],
  ['Content-Range', 'Which bytes of the whole this part is, and how long the whole is.', http('14.4')],
  ['Content-Disposition', 'Whether to show the body or to save it, and under which file name.', rfc(6266, '4')],
  ['Content-Digest', 'A checksum of the bytes that were sent.', rfc(9530, '2')],
  ['Repr-Digest', 'A checksum of the whole resource in this form, whichever part of it was sent.', rfc(9530, '3')],
  [
    'Content-MD5',
    'An MD5 checksum of the body. It was removed from HTTP; Content-Digest replaces it.',
    page('RFC 7231, appendix B', 'https://www.rfc-editor.org/rfc/rfc7231#appendix-B'),
  ],
  [
    'Transfer-Encoding',
    'How the body is cut up for this connection: chunked, where its length was not known ahead.',
    rfc(9112, '6.1'),
  ],
  ['Trailer', 'Fields that come after the body.', http('6.6.2')],
  // Range and validators
  ['Accept-Ranges', 'Whether parts of the resource can be asked for by Range.', http('14.3')],
  [
    'ETag',
    'A name for just this state of the resource. With W/ it is weak: same in meaning, not in every byte.',
    http('8.8.3'),
  ],
  ['Last-Modified', 'When the resource was changed last, as far as the server knows.', http('8.8.2')],
  // Caching
  ['Cache-Control', 'Who may keep the answer, for how long, and when it must be checked again.', caching('5.2')],
  ['Age', 'For how many seconds a cache on the way has had this answer.', caching('5.1')],
  ['Expires', 'From when on the answer is stale. Cache-Control: max-age counts more.', caching('5.3')],
  ['Pragma', 'no-cache, from the days of HTTP/1.0. Cache-Control counts more.', caching('5.4')],
  ['Warning', 'A remark about a stale or changed answer. No longer in use.', caching('5.5')],
  ['Vary', 'Which request fields the answer depends on: a cache keeps one for each of their values.', http('12.5.5')],
  ['Cache-Status', 'What each cache on the way did with the request.', rfc(9211, '2')],
  ['CDN-Cache-Control', 'Cache-Control for content delivery networks alone.', rfc(9213, '3.1')],
  [
    'Surrogate-Control',
    'Cache-Control for a cache in front of the server, as some networks read it.',
    page('W3C, Edge Architecture', 'https://www.w3.org/TR/edge-arch/'),
  ],
  [
    'Surrogate-Key',
    'Labels by which a content delivery network can drop answers from its cache. By Fastly.',
    page('Fastly', 'https://www.fastly.com/documentation/reference/http/http-headers/Surrogate-Key/'),
  ],
  [
    'X-Cache',
    'Whether a cache on the way had the answer. No standard; each network has its own words.',
    page('no standard', ''),
  ],
  ['X-Cache-Hits', 'How often a cache on the way has given this answer. No standard.', page('no standard', '')],
  ['X-Served-By', 'Which machine of a network has answered. No standard.', page('no standard', '')],
  [
    'CF-Cache-Status',
    'What Cloudflare’s cache did with the request.',
    page('Cloudflare', 'https://developers.cloudflare.com/cache/concepts/cache-responses/'),
  ],
  [
    'CF-Ray',
    'Cloudflare’s number for this request, with the place that handled it.',
    page('Cloudflare', 'https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/'),
  ],
  [
    'Clear-Site-Data',
    'Asks the browser to remove what it keeps of this site: cache, cookies, storage.',
    page('W3C, Clear Site Data', 'https://www.w3.org/TR/clear-site-data/'),
  ],
  // The answer and its server
  ['Date', 'When the server made the answer.', http('6.6.1')],
  ['Server', 'The software that answered.', http('10.2.4')],
  [
    'X-Powered-By',
    'The framework that made the answer. It tells attackers more than users. No standard.',
    page('no standard', ''),
  ],
  ['Via', 'The proxies and gateways on the way, with the protocols that they speak.', http('7.6.3')],
  ['Location', 'Where to go instead, or where the created resource is.', http('10.2.2')],
  [
    'Refresh',
    'Asks the browser to load this or another page after so many seconds.',
    page('HTML standard', 'https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-refresh-header'),
  ],
  ['Retry-After', 'How long to wait before asking again: seconds, or a date.', http('10.2.3')],
  ['Allow', 'Which methods the resource knows.', http('10.2.1')],
  ['Accept', 'In an answer: which media types the server takes in a body.', http('12.5.1')],
  ['Accept-Patch', 'Which media types the server takes in a PATCH.', rfc(5789, '3.1')],
  [
    'Accept-Post',
    'Which media types the server takes in a POST.',
    page('W3C, Linked Data Platform', 'https://www.w3.org/TR/ldp/#header-accept-post'),
  ],
  ['Accept-Encoding', 'In an answer: which compressions the server takes in a body.', http('12.5.3')],
  ['Link', 'Resources that belong to this one: next pages, stylesheets to load ahead, licences.', rfc(8288, '3')],
  ['Connection', 'Which fields are for this connection alone, and whether it stays open.', http('7.6.1')],
  [
    'Keep-Alive',
    'How long, and for how many requests, the server keeps the connection open.',
    page('RFC 2068, 19.7.1', 'https://www.rfc-editor.org/rfc/rfc2068#section-19.7.1'),
  ],
  ['Upgrade', 'Other protocols that the server would speak on this connection.', http('7.8')],
  ['Alt-Svc', 'Where else the same site can be reached, by HTTP/3 as a rule.', rfc(7838, '3')],
  ['Preference-Applied', 'Which of the client’s Prefer wishes were granted.', rfc(7240, '3')],
  ['Deprecation', 'Since when this part of an interface should no longer be used.', rfc(9745, '2')],
  ['Sunset', 'When the resource is going to be gone.', rfc(8594, '3')],
  [
    'Idempotency-Key',
    'A key by which the server knows a repeated request as the same one.',
    page('IETF draft', 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'),
  ],
  [
    'RateLimit',
    'How many requests are left, and until when.',
    page('IETF draft', 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/'),
  ],
  [
    'RateLimit-Policy',
    'How many requests are allowed in which time.',
    page('IETF draft', 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/'),
  ],
  [
    'X-RateLimit-Limit',
    'How many requests are allowed in a window of time. No standard; common all the same.',
    page('no standard', ''),
  ],
  ['X-RateLimit-Remaining', 'How many requests are left in the window. No standard.', page('no standard', '')],
  [
    'X-RateLimit-Reset',
    'When the window begins anew: seconds from now or since 1970, as the server likes. No standard.',
    page('no standard', ''),
  ],
  [
    'X-Request-Id',
    'The server’s number for this request: quote it when you ask its people. No standard.',
    page('no standard', ''),
  ],
  [
    'X-Correlation-Id',
    'A number that follows a request through several services. No standard.',
    page('no standard', ''),
  ],
  [
    'Traceparent',
    'Trace and span in which the request was handled.',
    page('W3C, Trace Context', 'https://www.w3.org/TR/trace-context/'),
  ],
  [
    'Server-Timing',
    'Where the server spent its time. The tab Timing shows it.',
    page('W3C, Server Timing', 'https://www.w3.org/TR/server-timing/'),
  ],
  [
    'Timing-Allow-Origin',
    'Which origins may see the timing of this resource in detail.',
    page('W3C, Resource Timing', 'https://www.w3.org/TR/resource-timing/'),
  ],
  ['SourceMap', 'Where the source map of this script or stylesheet is.', page('ECMA-426', 'https://tc39.es/ecma426/')],
  // Cookies and credentials
  ['Set-Cookie', 'A cookie to keep. The tab Cookies says what became of it.', rfc(6265, '4.1')],
  [
    'WWW-Authenticate',
    'How to prove who one is: the schemes that the server takes, and what they need.',
    http('11.6.1'),
  ],
  [
    'Authentication-Info',
    'What the server says after it accepted the credentials: with Digest, the next nonce.',
    http('11.6.3'),
  ],
  ['Proxy-Authenticate', 'How to prove to a proxy who one is.', http('11.7.1')],
  // Security
  [
    'Strict-Transport-Security',
    'Only HTTPS from now on, for so many seconds; for subdomains too if it says so.',
    rfc(6797, '6.1'),
  ],
  [
    'Content-Security-Policy',
    'From where a page may load scripts, styles and all else, and who may frame it.',
    page('W3C, CSP', 'https://www.w3.org/TR/CSP3/'),
  ],
  [
    'Content-Security-Policy-Report-Only',
    'A Content-Security-Policy on trial: breaches are reported, nothing is blocked.',
    page('W3C, CSP', 'https://www.w3.org/TR/CSP3/'),
  ],
  [
    'X-Content-Type-Options',
    'nosniff: the browser must believe the Content-Type and not guess another.',
    fetchStandard,
  ],
  ['X-Frame-Options', 'Whether other pages may frame this one. CSP’s frame-ancestors counts more.', rfc(7034, '2')],
  [
    'X-XSS-Protection',
    'Switched a filter of old browsers. No longer in use; 0 is the safe value.',
    page('no standard', ''),
  ],
  [
    'X-Permitted-Cross-Domain-Policies',
    'Whether old plug-ins may load data from here across domains.',
    page('no standard', ''),
  ],
  [
    'X-Download-Options',
    'noopen: Internet Explorer would not open downloads in the site’s context. No longer in use.',
    page('no standard', ''),
  ],
  [
    'Referrer-Policy',
    'How much of the page’s URL the browser tells other sites in Referer.',
    page('W3C, Referrer Policy', 'https://www.w3.org/TR/referrer-policy/'),
  ],
  [
    'Permissions-Policy',
    'Which features of the browser the page and its frames may use.',
    page('W3C, Permissions Policy', 'https://www.w3.org/TR/permissions-policy/'),
  ],
  [
    'Cross-Origin-Opener-Policy',
    'Whether pages of other origins keep a handle on this window.',
    page('HTML standard', 'https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies'),
  ],
  [
    'Cross-Origin-Embedder-Policy',
    'Whether everything that the page embeds must consent to it.',
    page('HTML standard', 'https://html.spec.whatwg.org/multipage/browsers.html#coep'),
  ],
  ['Cross-Origin-Resource-Policy', 'Which sites may embed this resource.', fetchStandard],
  [
    'Origin-Agent-Cluster',
    'Whether the origin wants a process or heap of its own.',
    page('HTML standard', 'https://html.spec.whatwg.org/multipage/browsers.html#origin-keyed-agent-clusters'),
  ],
  [
    'Reporting-Endpoints',
    'Where the browser sends its reports about this page.',
    page('W3C, Reporting', 'https://www.w3.org/TR/reporting-1/'),
  ],
  [
    'Report-To',
    'Where the browser sends reports; Reporting-Endpoints replaces it.',
    page('W3C, Reporting', 'https://www.w3.org/TR/reporting-1/'),
  ],
  [
    'NEL',
    'Asks the browser to report failed connections to this site.',
    page('W3C, Network Error Logging', 'https://www.w3.org/TR/network-error-logging/'),
  ],
  ['Expect-CT', 'Asked for certificate transparency. No longer in use: browsers demand it anyway.', rfc(9163, '2.1')],
  // CORS
  [
    'Access-Control-Allow-Origin',
    'Which origin’s pages may read this answer; * is any, without credentials.',
    fetchStandard,
  ],
  ['Access-Control-Allow-Credentials', 'true: pages may read the answer to a request with cookies.', fetchStandard],
  ['Access-Control-Allow-Methods', 'Which methods pages of other origins may use. Answers a preflight.', fetchStandard],
  [
    'Access-Control-Allow-Headers',
    'Which request fields pages of other origins may set. Answers a preflight.',
    fetchStandard,
  ],
  ['Access-Control-Expose-Headers', 'Which answer fields pages of other origins may read.', fetchStandard],
  ['Access-Control-Max-Age', 'For how many seconds a preflight’s answer holds.', fetchStandard],
  // Client hints
  ['Accept-CH', 'Which client hints the server would like to get.', rfc(8942, '3.1')],
  [
    'Critical-CH',
    'Which client hints the server needs, so that the browser should ask again with them.',
    page('IETF draft', 'https://datatracker.ietf.org/doc/draft-davidben-http-client-hint-reliability/'),
  ],
  // Proxies and platforms
  [
    'X-Robots-Tag',
    'What search engines may do with the resource.',
    page('Google', 'https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag'),
  ],
  [
    'X-DNS-Prefetch-Control',
    'Whether the browser may look up the names of links ahead. No standard.',
    page('no standard', ''),
  ],
  ['X-UA-Compatible', 'Which mode old Internet Explorers were to use.', page('no standard', '')],
  ['X-Runtime', 'How many seconds the server’s framework took. No standard.', page('no standard', '')],
  [
    'X-Amz-Cf-Id',
    'CloudFront’s number for this request.',
    page('Amazon', 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/'),
  ],
  [
    'X-Amz-Cf-Pop',
    'The place of CloudFront that has answered.',
    page('Amazon', 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/'),
  ],
  [
    'X-Amz-Request-Id',
    'Amazon’s number for this request.',
    page('Amazon', 'https://docs.aws.amazon.com/AmazonS3/latest/API/'),
  ],
  ['Priority', 'How urgent the answer is, and whether parts of it are of use before its end.', rfc(9218, '4')],
];

const meanings: ReadonlyMap<string, HeaderMeaning> = new Map(
  ENTRIES.map(([name, text, [source, url]]) => [name.toLowerCase(), { text, source, url }]),
);

/** What a response field means; null for one that is not known here. The name's case does not matter. */
export function headerMeaning(name: string): HeaderMeaning | null {
  return meanings.get(name.toLowerCase()) ?? null;
}
