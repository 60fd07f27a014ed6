const form = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s;

/**
 * The URLs of the servers that one URL names. As in libpq, several hosts stand with commas between them, each with its
 * port if it has one: `postgres://user@one:5432,two:5433/record`.
 * See "Specifying Multiple Hosts" in the chapter on connection strings of libpq.
 */
export function serversOf(url: string): readonly string[] {
  const [, before = "", hosts = "", rest = ""] = form.exec(url) ?? [];
  return hosts.includes(",") ? hosts.split(",").map((host) => `${before}${host}${rest}`) : [url];
}

/** The URLs of a list with commas between them; those within one URL part its hosts. */
export function urlsIn(list: string): readonly string[] {
  return list.split(/,(?=\s*postgres(?:ql)?:\/\/)/).map((url) => url.trim());
}

/** The server and the database of a URL, for people: without user and password. */
export function whereOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  return `the database ${decodeURIComponent(pathname.slice(1))} at ${searchParams.get("host") ?? host}`;
}
