import { doubtfulSeats } from "../modules/meetings/offices.commands.js";
import type { PackDatabase } from "./import.js";

/** Keys of stored seats that an import rejects unless it is acknowledged: a person in an office not held on that day. */
export async function rejectedSeats({ prisma }: PackDatabase): Promise<string[]> {
  return (await doubtfulSeats(prisma)).map(({ key }) => key);
}
