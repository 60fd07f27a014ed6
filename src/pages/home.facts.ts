/** Data of the first page. */
export interface HomeFacts {
  readonly version: string;
  readonly recordVersion: number;
  readonly counts: {
    readonly meetings: number;
    readonly participants: number;
    readonly persons: number;
    readonly states: number;
    readonly forums: number;
    readonly memberships: number;
    readonly documents: number;
    readonly citations: number;
  };
  readonly limits: { readonly maxDepth: number; readonly maxCost: number; readonly maxPageSize: number };
  readonly latest: readonly HomeMeeting[];
  /** Forums with members, which the membership form offers by name. */
  readonly forums: readonly HomeForum[];
}

/** A forum as the first page names it. */
export interface HomeForum {
  readonly slug: string;
  readonly name: string;
  readonly acronym: string | null;
}

/** A meeting as the first page lists it. */
export interface HomeMeeting {
  readonly slug: string;
  readonly title: string;
  readonly on: string | null;
  readonly status: string;
  readonly place: { readonly city: string | null; readonly country: { readonly name: string } | null } | null;
  readonly sidelinesOf: { readonly title: string } | null;
}

/** The first page's operation. It is executed like that of any client. */
export const HOME_OPERATION = `query Home {
  service {
    version
    recordVersion
    counts { meetings participants persons states forums memberships documents citations }
    limits { maxDepth maxCost maxPageSize }
  }
  meetings(first: 6, filter: { kind: BILATERAL, status: HELD }, orderBy: { field: DATE, direction: DESC }) {
    nodes { slug title on status place { city country { name } } sidelinesOf { title } }
  }
  forums(first: 50) { nodes { slug name acronym memberships(first: 1) { totalCount } } }
}`;

/** The page's data from the operation's result. */
export function toHomeFacts(data: {
  readonly service: Omit<HomeFacts, "latest" | "forums">;
  readonly meetings: { readonly nodes: readonly HomeMeeting[] };
  readonly forums: {
    readonly nodes: readonly (HomeForum & { readonly memberships: { readonly totalCount: number } })[];
  };
}): HomeFacts {
  const forums = data.forums.nodes.filter(({ memberships }) => memberships.totalCount > 0);
  return { ...data.service, latest: data.meetings.nodes, forums };
}

/**
 * Caches a result for a while and shares a pending request between callers, so that requests for the first page cannot
 * overload the database. Failures are not cached.
 */
export function cachedFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let cached: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (cached && cached.until > Date.now()) return cached.answer;
    const answer = ask();
    cached = { until: Date.now() + milliseconds, answer };
    answer.catch(() => {
      cached = undefined;
    });
    return answer;
  };
}
