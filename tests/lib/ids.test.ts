import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeId } from "../../src/lib/ids.js";

it("is the beginning of SHA-256 in base32", () => {
  // printf 'sta:AAA' | sha256sum | xxd -r -p | base32 | head -c 16 | tr A-Z a-z
  expect(makeId("sta", "AAA")).toBe("sta_tztgino6bkdgopcd");
});

it("agrees with the digest read as one number, whatever the key", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  fc.assert(
    fc.property(fc.string(), (key) => {
      let bits = BigInt(`0x${createHash("sha256").update(`x:${key}`).digest("hex").slice(0, 20)}`);
      let expected = "";
      for (let letter = 0; letter < 16; letter += 1) {
        expected = alphabet.charAt(Number(bits & 31n)) + expected;
        bits >>= 5n;
      }
      expect(makeId("x", key)).toBe(`x_${expected}`);
    }),
  );
});
