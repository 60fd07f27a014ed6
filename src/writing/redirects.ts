/** Ids that lead to others, by table. */
export type Redirects = Map<string, Map<string, string>>;

/** Lets an id lead to another one. */
export function redirect(redirects: Redirects, table: string, id: string, to: string): void {
  redirects.set(table, (redirects.get(table) ?? new Map<string, string>()).set(id, to));
}

/** The id that an id leads to in the end. */
export function finalId(redirects: Redirects, table: string, id: string): string {
  let goal = id;
  for (let next = redirects.get(table)?.get(goal); next !== undefined; next = redirects.get(table)?.get(goal)) {
    goal = next;
  }
  return goal;
}
