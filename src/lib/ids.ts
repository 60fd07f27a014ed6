import { createHash } from "node:crypto";

// RFC 4648, section 6, in lower case.
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const length = 16;

/**
 * The id of a record at its creation: `<prefix>_` and the first 80 bits of SHA-256 of `<prefix>:<key>` in lower-case
 * base32. The same prefix and key give the same id everywhere, so that two records loaded from the same packs agree.
 */
export function makeId(prefix: string, key: string): string {
  const digest = createHash("sha256").update(`${prefix}:${key}`, "utf8").digest();
  let id = "";
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && id.length < length) {
      bits -= 5;
      id += alphabet.charAt((held >> bits) & 31);
    }
  }
  return `${prefix}_${id}`;
}
