import { createHash } from "node:crypto";

// RFC 4648, section 6, in lower case.
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const idBytes = 10;

/** Bytes as lower-case base32 without padding, five bits a character; bits that are left over at the end are dropped. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((held >> bits) & 31);
    }
  }
  return text;
}

/**
 * The id of a record at its creation: `<prefix>_` and the first 80 bits of SHA-256 of `<prefix>:<key>` in lower-case
 * base32. The same prefix and key give the same id everywhere, so that two records loaded from the same packs agree.
 */
export function makeId(prefix: string, key: string): string {
  const digest = createHash("sha256").update(`${prefix}:${key}`, "utf8").digest();
  return `${prefix}_${encodeBase32(digest.subarray(0, idBytes))}`;
}
