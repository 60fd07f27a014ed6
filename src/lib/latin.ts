import anyAscii from "any-ascii";

/** Letters of other scripts than the Latin one. */
const otherLetters = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** Before a romanization letter by letter: spellings that names of a script have in Latin letters. */
const spellings: readonly (readonly [RegExp, string])[] = [
  // The nasal of Singh and Simha.
  [/[\u0902\u0982\u0A02\u0A70\u0A82]([\u0939\u09B9\u0A39\u0AB9])/gu, "ng$1"],
  // Endings of Russian names: -skiy, -iy, -yy.
  [/ский(?!\p{L})/gu, "sky"],
  [/[иы]й(?!\p{L})/gu, "y"],
];

/** Korean family names as their bearers spell them, where that is not the official romanization. */
const koreanFamilies: Readonly<Record<string, string>> = {
  김: "Kim",
  이: "Lee",
  박: "Park",
  최: "Choi",
  정: "Jeong",
  조: "Cho",
  윤: "Yoon",
  문: "Moon",
  신: "Shin",
  서: "Suh",
  우: "Woo",
  노: "Roh",
  유: "Yoo",
  주: "Joo",
  추: "Choo",
};

/** A text in Latin letters, as names are spelt in English; null for one that is in Latin letters already. */
export function inLatin(text: string): string | null {
  const composed = text.normalize("NFC");
  if (!otherLetters.test(composed)) return null;
  const spelt = spellings.reduce((said, [pattern, letters]) => said.replace(pattern, letters), composed);
  return anyAscii(spelt.replace(/(?<!\p{L})\p{Script=Hangul}{2,4}(?!\p{L})/gu, koreanName));
}

function koreanName(name: string): string {
  const family = koreanFamilies[name.slice(0, 1)] ?? anyAscii(name.slice(0, 1));
  // A last consonant is k and not g, as in Won-sik.
  const given = anyAscii(name.slice(1)).replace(/(?<!n)g(?=[A-Z]|$)/g, "k");
  return family + given.replace(/yeon/g, "yun");
}
