/** What a method may do to the resource (RFC 9110 section 9.2.1), which is what its colour says. */
export function methodKind(method: string): 'safe' | 'write' | 'delete' | 'other' {
  const name = method.toUpperCase();
  if (['GET', 'HEAD', 'OPTIONS'].includes(name)) return 'safe';
  if (['POST', 'PUT', 'PATCH'].includes(name)) return 'write';
  return name === 'DELETE' ? 'delete' : 'other';
}
