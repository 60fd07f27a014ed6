import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSeeded, type Seeded } from "../support/seeded.js";

const conflicts = /* GraphQL */ `
  query Conflicts($filter: ConflictFilter, $first: Int = 100) {
    conflicts(filter: $filter, first: $first) {
      totalCount
      nodes { key field isOpen resolution }
    }
  }
`;
interface Found {
  readonly totalCount: number;
  readonly nodes: readonly { readonly key: string; readonly field: string; readonly isOpen: boolean; readonly resolution: string | null }[];
}

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
});
afterAll(() => seeded.close());

const found = async (filter: Record<string, unknown> | null) => (await seeded.ask<{ conflicts: Found }>(conflicts, { filter })).conflicts;
const keys = async (filter: Record<string, unknown> | null) => (await found(filter)).nodes.map(({ key }) => key);

describe("conflicts between sources", () => {
  it("are open where the record follows nobody", async () => {
    const all = await found(null);
    expect(all.totalCount).toBe(22);
    for (const { isOpen, resolution } of all.nodes) expect(isOpen).toBe(resolution === null);
    expect(await keys({ isOpen: true })).toEqual(["brics/SAU/status"]);
    expect((await found({ isOpen: false })).totalCount).toBe(21);
  });

  it("are found by what they are about", async () => {
    expect(await keys({ field: "on" })).toEqual(["2024-10-23-ind-chn-kazan/on", "2025-06-26-ind-chn-qingdao/on", "admm-plus-8/on"]);
    expect(await keys({ subject: "FORUM" })).toEqual(["brics/foundedOn", "brics/partnerCount"]);
    expect(await keys({ subject: "MEMBERSHIP", field: "status" })).toEqual(["brics/SAU/status", "sco/BLR/status"]);
    const { meeting } = await seeded.ask<{ meeting: { id: string } }>(`{ meeting(slug: "2024-10-23-ind-chn-kazan") { id } }`);
    expect(await keys({ about: meeting.id })).toEqual(["2024-10-23-ind-chn-kazan/on", "2024-10-23-ind-chn-kazan/place", "2024-10-23-ind-chn-kazan/previousMeeting"]);
    expect(await keys({ about: meeting.id, field: "since" })).toEqual([]);
    expect(await keys({ about: "mtg_aaaaaaaaaaaaaaaa" })).toEqual([]);
  });
});
