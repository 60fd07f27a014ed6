import { describe, expect, it } from "vitest";
import { inLatin } from "../../src/lib/latin.js";

describe("a text in Latin letters", () => {
  it.each([
    ["Шойгу", "Shoygu"],
    ["Дмитрий Песков", "Dmitry Peskov"],
    ["राजनाथ सिंह", "rajnath singh"],
    ["董军", "DongJun"],
    ["김용현", "KimYongHyun"],
    ["신원식 2024", "ShinWonSik 2024"],
    ["Βενιζέλος", "Venizelos"],
  ])("of %s is %s", (text, latin) => {
    expect(inLatin(text)).toBe(latin);
  });

  it.each(["Rajnath Singh", "Phan Văn Giang", "2024-11-20", "…", ""])("is none of %j", (text) => {
    expect(inLatin(text)).toBeNull();
  });
});
