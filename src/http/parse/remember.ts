/** Maximum number of cached headers per function. */
const REMEMBERED = 100;

/** A function of a header that remembers its results: the headers that clients send are few. */
export function remember<H extends string | undefined, T>(read: (header: H) => T): (header: H) => T {
  const known = new Map<H, T>();
  return (header) => {
    if (known.has(header)) return known.get(header) as T;
    const value = read(header);
    if (known.size < REMEMBERED) known.set(header, value);
    return value;
  };
}
