import { createHash } from "node:crypto";

/** The weak entity tag of a text. Weak because the same response may be sent compressed or not. */
export function weakTag(text: string | Buffer): string {
  return `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
}

/** Whether a client has a response already, by its header `if-none-match`. */
export function hasTag(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*");
}
