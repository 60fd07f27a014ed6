import { createHash } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** The id that the service itself would give: the noun's prefix and 16 base32 characters of a hash of its key. */
export function idOf(prefix, key) {
  const hash = createHash("sha256").update(`${prefix}:${key}`).digest();
  let id = `${prefix}_`;
  for (let group = 0; group < 2; group++) {
    const at = group * 5;
    // Five bytes are eight characters of five bits.
    let value = hash.readUIntBE(at, 5);
    const letters = [];
    for (let index = 0; index < 8; index++) {
      letters.push(alphabet[value % 32]);
      value = Math.floor(value / 32);
    }
    id += letters.reverse().join("");
  }
  return id;
}
