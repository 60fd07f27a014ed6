/** What the first page says about the record. */
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
  /** Those that the page asks about, by name. */
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

/** The operation that the first page is made from; it goes the way of every client's. */
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
  forums(first: 50) { nodes { slug name acronym } }
}`;

/** The operation's answer as facts of the page. */
export function toHomeFacts(data: {
  readonly service: Omit<HomeFacts, "latest" | "forums">;
  readonly meetings: { readonly nodes: readonly HomeMeeting[] };
  readonly forums: { readonly nodes: readonly HomeForum[] };
}): HomeFacts {
  return { ...data.service, latest: data.meetings.nodes, forums: data.forums.nodes };
}

/**
 * Keeps an answer for a while and asks once for many: the first page cannot be used to load the database.
 * A failed attempt is not kept.
 */
export function keepFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (kept && kept.until > Date.now()) return kept.answer;
    const answer = ask();
    kept = { until: Date.now() + milliseconds, answer };
    answer.catch(() => {
      kept = undefined;
    });
    return answer;
  };
}
