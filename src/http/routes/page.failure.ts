import { Refusal, RETRY_AFTER_S } from "../refusal.js";

/** The refusal of a page that could not be made. The page itself says so to readers. */
const UNREADABLE = new Refusal(
  503,
  "SERVICE_UNAVAILABLE",
  "The record is unavailable at the moment. Try again shortly.",
  {
    headers: { "retry-after": RETRY_AFTER_S },
  },
);

/** The refusal for an error of a stage of a page. */
export const failure = (error: unknown): Refusal => (error instanceof Refusal ? error : UNREADABLE);
