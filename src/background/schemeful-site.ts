/** Scheme and registrable domain. Without a suffix list the last two labels stand for it, which is the usual case. */
export function schemefulSite(url: string): string {
  const { protocol, hostname } = new URL(url);
  const isAddress = /^[\d.]+$|:/.test(hostname);
  return `${protocol}//${isAddress ? hostname : hostname.split('.').slice(-2).join('.')}`;
}
