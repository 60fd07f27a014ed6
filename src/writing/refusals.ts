/**
 * Describes a violated constraint without the names of tables and constraints. It is used only if no rule of the plan
 * applies, as for a row that plain SQL added at the same moment.
 * @param state the SQLSTATE, of class 23.
 * @param message the message of Postgres, in English.
 * @returns a sentence without a full stop.
 */
export function refusalText(state: string, message: string): string {
  const [, relation = ""] = /(?:relation|table) "([^"]+)"/.exec(message) ?? [];
  const [, constraint = ""] = /constraint "([^"]+)"/.exec(message) ?? [];
  if (state === "23502") return `a record of the kind “${spaced(relation)}” lacks a value that it needs`;
  const [table = "", ...rest] = constraint.split("_");
  const subject = spaced(relation === "" ? table : relation);
  const record = subject === "" ? "a record" : `a record of the kind “${subject}”`;
  switch (constraint === "" ? "" : state) {
    case "23505": {
      const columns = rest.filter((word) => word !== "key" && word !== "pkey").map(spaced);
      const shared = columns.length === 0 ? "name" : columns.join(" and ");
      return `another one of the kind “${subject}” has the same ${shared} already; load or send it again to see which`;
    }
    case "23503":
      return `${record} refers to another one that is not there, or is still referred to`;
    default:
      // Triggers say in words what is wrong.
      return constraint === "" ? message : `${record} breaks the rule “${spaced(rest.join(" "))}”`;
  }
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
