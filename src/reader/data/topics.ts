/** Topics of the fixed list, by the words that stand for them. */
const topics: readonly (readonly [string, RegExp])[] = [
  ["maritime-security", /\bmaritime (?:security|domain|cooperation|issues)\b|\bcooperation at sea\b|\bfreedom of navigation\b|\bpiracy\b|\bsea lanes\b/],
  ["counter-terrorism", /\bterroris[mt]s?\b|\bcounter-?terrorism\b|\bal-shabaab\b|\bboko haram\b|\bextremis[mt]s?\b|\binsurgen/],
  ["border-disputes", /\bborder (?:areas?|issues?|disputes?|clashes|situation|tensions?|demarcation|management)\b|\bline of actual control\b|\bdisengagement\b/],
  ["south-china-sea", /\bsouth china sea\b|\bwest philippine sea\b/],
  ["taiwan", /\btaiwan\b/],
  ["korean-peninsula", /\bkorean peninsula\b|\bnorth korea\b|\bnorth korean\b|\bpyongyang\b|\bdprk\b|\bdenuclearization of the\b/],
  ["ukraine", /\bukrain(?:e|ian)\b/],
  ["middle-east", /\bmiddle east\b|\bgaza\b|\bisrael(?:i)?\b|\bhamas\b|\blebanon\b|\bsyria\b|\byemen\b|\bhouthi\b|\bred sea\b|\biran\b/],
  ["nuclear", /\bnuclear\b|\bnon-proliferation\b|\bextended deterrence\b/],
  ["missile-defence", /\bmissile defence\b|\bair defence\b|\bmissile warning\b/],
  ["cyber", /\bcyber/],
  ["space", /\bspace (?:policy|security|cooperation|domain)\b|\b(?:in|and|outer) space\b/],
  ["arms-trade", /\barms sales?\b|\b(?:weapons|fighter|fighters|jets|submarines?|aircraft|arms) (?:purchase|procurement|deal|sales?|deliver(?:y|ies))\b|\bprocurement of\b/],
  ["defence-industry", /\bdefence[- ]industr(?:y|ial|ies)\b|\bco-?production\b|\bco-?development\b|\bindustrial (?:base|cooperation)\b|\bdefence (?:technology|production|manufacturing|equipment)\b|\bmilitary-technical\b/],
  ["exercises", /\b(?:joint|military|bilateral|naval|combined|trilateral) (?:[a-z]+ )?(?:exercises?|drills?)\b|\bexercises\b/],
  ["hotlines", /\bhotline\b|\bcommunication lines?\b|\blines of communication\b/],
  ["humanitarian-assistance", /\bhumanitarian\b|\bdisaster (?:relief|response|management)\b|\bhadr\b|\bsearch and rescue\b/],
  ["peacekeeping", /\bpeacekeep/],
  ["training-and-education", /\btraining\b|\bmilitary education\b|\bcadets?\b/],
  ["intelligence-sharing", /\b(?:intelligence|information)[- ]sharing\b|\bshar(?:e|ing) (?:of )?(?:intelligence|information|missile)\b/],
  ["logistics", /\blogistic/],
  ["climate", /\bclimate\b/],
  ["trade", /\btrade\b/],
  ["development", /\bdevelopment (?:aid|assistance|cooperation)\b/],
];

export function topicsOf(words: string): string[] {
  return topics.filter(([, pattern]) => pattern.test(words)).map(([topic]) => topic);
}
