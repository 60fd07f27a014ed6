import type { OfficeKind } from "../types.js";

/** A title as a report writes it. */
export interface Title {
  readonly kind: OfficeKind;
  readonly plural: boolean;
  /** The party whose office it is where the title says so by itself. */
  readonly implies?: string;
}

/**
 * Phrases by kind of office. `{d}` stands for the defence portfolio in its usual forms; every phrase is known in the
 * plural as well. `@IND` at the end says whose title it is.
 */
const phrases: Readonly<Partial<Record<OfficeKind, string>>> = {
  DEFENCE_MINISTER: `
    {d} minister; minister of {d}; minister for {d}; secretary of {d}; {d} secretary; secretary for {d}
    secretary of state for defence; cabinet secretary for defence; defence cabinet secretary; union defence minister
    minister of the armed forces; minister for the armed forces; armed forces minister; minister of armed forces
    minister of defence and military veterans; minister of defence and veterans affairs; minister of people's power for defence
    minister of defence and armed forces; minister of defence and aerospace industry; minister of the defence
    minister for national defence; minister of war; secretary of war @USA; war secretary @USA; pentagon chief @USA
    pentagon head @USA; pentagon boss @USA; defence chief; national defence chief; raksha mantri @IND; defence head
    minister of state for defence affairs @ARE; minister responsible for defence; defence and security minister
    minister of defence and security; minister of defence of the people's power; federal minister of defence
    federal minister for defence; federal defence minister; minister of national defence and veterans affairs
    minister for defence and veterans affairs; minister of defence industry and defence; armed forces secretary
    secdef @USA; minister delegate for defence; minister of defence and home affairs`,
  DEPUTY_DEFENCE_MINISTER: `
    deputy {d} minister; vice {d} minister; deputy minister of {d}; vice minister of {d}; deputy minister for {d}
    vice minister for {d}; deputy secretary of {d}; deputy {d} secretary; minister of state for defence
    raksha rajya mantri @IND; first deputy {d} minister; first deputy minister of {d}; assistant {d} minister
    assistant minister of {d}; assistant minister for {d}; state minister of {d}; parliamentary vice minister of {d}
    state minister for {d}; senior minister of state for defence; undersecretary of national defence @PHL
    defence undersecretary @PHL; deputy defence chief; vice defence chief; parliamentary secretary for defence`,
  FOREIGN_MINISTER: `
    foreign minister; minister of foreign affairs; minister for foreign affairs; foreign affairs minister
    external affairs minister; minister of external affairs; minister for external affairs; foreign affairs secretary
    secretary of foreign affairs; secretary for foreign affairs; secretary of state; top diplomat; chief diplomat
    minister of international relations and cooperation; minister for europe and foreign affairs
    minister of europe and foreign affairs; minister of foreign affairs and international cooperation
    minister of foreign affairs and expatriates; minister of foreign affairs and european affairs
    minister of foreign affairs and trade; foreign and european affairs minister; union external affairs minister
    secretary of state for foreign, commonwealth and development affairs; federal foreign minister
    minister of external relations; minister of foreign relations; foreign secretary; foreign affairs chief`,
  DEPUTY_FOREIGN_MINISTER: `
    deputy foreign minister; vice foreign minister; deputy minister of foreign affairs; vice minister of foreign affairs
    deputy minister for foreign affairs; first deputy foreign minister; deputy secretary of state
    deputy foreign affairs minister; foreign affairs undersecretary; undersecretary of foreign affairs; minister of state for external affairs; minister of state for foreign affairs
    first deputy minister of foreign affairs; vice minister for foreign affairs; executive vice foreign minister`,
  HEAD_OF_STATE: `
    president; king; emperor; emir; sultan; head of state; grand duke; amir; his majesty king; her majesty queen
    interim president; transitional president`,
  HEAD_OF_GOVERNMENT: `
    prime minister; premier; chancellor; head of government; taoiseach @IRL; federal chancellor; =PM; chief adviser @BGD`,
  CHIEF_OF_DEFENCE: `
    chief of defence staff; chief of the defence staff; chief of general staff; chief of the general staff
    general staff chief; chief of defence; chief of the defence force; chief of the defence forces; chief of defence force
    chief of defence forces; defence force chief; defence forces chief; chief of the armed forces; armed forces chief
    chief of armed forces; chief of staff of the armed forces; armed forces chief of staff; defence staff chief
    chairman of the joint chiefs of staff; chairman of the joint chiefs; joint chiefs of staff chairman
    joint chiefs chairman; =JCS Chairman; chairman joint chiefs of staff committee; joint chiefs of staff chief
    chairman of the joint chiefs of staff committee; chief of the joint staff; chief of staff of the joint staff
    joint staff chief; chief of joint staff; chief of staff, joint staff; chief of the joint general staff
    commander in chief of the armed forces; commander of the armed forces; armed forces commander
    chief of the general staff of the armed forces; inspector general of the bundeswehr @DEU
    supreme commander of the armed forces; supreme commander; commander of the defence force; defence force commander; =CDS; =CDF
    chief of staff of the israel defence forces @ISR; chief of staff; armed forces chief of general staff; idf chief of staff @ISR; =IDF chief @ISR; military chief
    chief of the royal armed forces; chief of the joint chiefs of staff; chief of defence force staff
    chief of the turkish general staff @TUR; chief of the defence command; top general; chief of the supreme staff
    chief of the joint defence staff; commander in chief of defence services; inspector general of the royal armed forces
    chief of defence forces staff; chief of the hellenic national defence general staff @GRC; general staff head
    head of the general staff; chief of the national defence staff; joint force commander`,
  NATIONAL_SECURITY_ADVISER: `
    national security adviser; national security advisor; =NSA; national security council head; security adviser to the president`,
  SECRETARY_GENERAL: `secretary general; secretary-general; =SG`,
  AMBASSADOR: `
    ambassador; high commissioner; ambassador extraordinary and plenipotentiary; permanent representative; acting high commissioner`,
  OFFICIAL: `
    military official; defence official; senior official; military officer; army officer; spokesman; spokeswoman; spokesperson; press secretary; director general; director-general; under secretary of {d}
    undersecretary of {d}; assistant secretary of {d}; deputy assistant secretary of {d}; permanent secretary
    assistant secretary of state; under secretary of state; undersecretary of state; defence attache
    secretary to the ministry of defence; press officer; additional secretary; joint secretary; chief of protocol
    under secretary of {d} for policy; undersecretary of {d} for policy; deputy under secretary of {d}
    deputy assistant secretary of state; principal deputy assistant secretary of {d}; director of communications
    director of media operations; public relations director; charge d'affaires; deputy permanent representative`,
  OTHER_MINISTER: `
    deputy prime minister; vice premier; vice prime minister; interior minister; minister of the interior
    minister of interior; home minister; home affairs minister; minister of home affairs; home secretary; finance minister
    minister of finance; trade minister; minister of trade; justice minister; minister of justice; economy minister
    minister of economy; energy minister; minister of energy; transport minister; minister of transport; health minister
    minister of health; education minister; minister of education; security minister; minister of security
    minister of public security; public security minister; minister of internal affairs; internal affairs minister
    minister for defence industry; minister of defence industry; defence industry minister; minister of defence production
    minister for defence production; defence production minister; minister of industry and trade; commerce minister
    minister of commerce; commerce secretary; treasury secretary; secretary of the treasury; unification minister
    minister of unification; environment minister; minister of the environment; agriculture minister
    minister of agriculture; minister of strategic industries; coordinating minister; minister of intelligence
    minister in the prime minister's office; second defence minister; second minister of defence; minister of climate change
    minister of state; minister for veterans affairs; minister of planning; minister of information; homeland security secretary
    secretary of homeland security; energy secretary; secretary of energy; minister for emergency situations
    emergency situations minister; minister of emergency situations; minister for asean affairs
    minister at the prime minister's office; minister of digital affairs; minister of maritime affairs; chief minister`,
  OTHER: `
    vice president; crown prince; foreign policy chief; high representative; state councillor; state councilor
    vice chairman of the central military commission; chairman of the central military commission; central military commission vice chairman
    chair of the military committee; chairman of the military committee; chair of the nato military committee @NATO
    chairman of the nato military committee @NATO; supreme allied commander europe; supreme allied commander transformation
    deputy secretary general; deputy secretary-general; speaker of the house; house speaker; speaker
    secretary of the security council; security council secretary; secretary of the navy; navy secretary; army secretary
    secretary of the army; secretary of the air force; air force secretary; deputy chief of the general staff
    deputy chief of general staff; vice chief of defence staff; vice chief of the defence force; vice chief of the army staff
    vice chief of army staff; vice chief of naval staff; deputy chief of staff; deputy chief of defence staff; vice chief of staff
    vice chairman of the joint chiefs of staff; deputy chief of defence; indo-pacific commander; theatre commander; theater commander
    commander; commandant; special envoy; governor; deputy commander; vice chairman; chairman; chairperson; chief negotiator
    deputy chairman; party chief; general secretary; director of national intelligence; cia director; intelligence chief
    spy chief; first lady; managing director; governor-general; governor general; european commissioner for defence @EU
    defence commissioner @EU; european council president @EU; european commission president @EU
    president of the european commission @EU; president of the european council @EU; high representative of the union
    eu foreign policy chief @EU; supreme leader; lawmaker; mayor; senator; congressman; deputy national security adviser
    deputy national security advisor; force commander; fleet commander; regional commander; head of mission; former president
    military adviser; military advisor; special representative; vice admiral commanding; council chairman; top commander
    presidential adviser; presidential aide; defence adviser; attorney general; rear commander; minister counsellor`,
};

const portfolios = ["defence", "national defence"];

const services: readonly (readonly [string, string])[] = [
  ["army", "army"],
  ["navy", "naval"],
  ["navy", "navy"],
  ["air force", "air"],
  ["air force", "air force"],
  ["marine corps", "marine corps"],
  ["coast guard", "coast guard"],
  ["ground forces", "ground forces"],
  ["land forces", "land forces"],
  ["ground self-defence force", "ground self-defence force"],
  ["maritime self-defence force", "maritime self-defence force"],
  ["air self-defence force", "air self-defence force"],
  ["royal navy", "royal navy"],
];

function serviceTitles(): string[] {
  const titles = ["chief of naval operations", "first sea lord", "=COAS", "chief of the naval staff", "inspector of the navy"];
  for (const [service, adjective] of services) {
    titles.push(
      `chief of ${adjective} staff`,
      `chief of the ${adjective} staff`,
      `chief of staff of the ${service}`,
      `chief of the ${service}`,
      `chief of ${service}`,
      `${service} chief`,
      `${adjective} chief`,
      `${service} chief of staff`,
      `commander of the ${service}`,
      `${service} commander`,
      `commander in chief of the ${service}`,
      `${service} commander in chief`,
      `commandant of the ${service}`,
      `${adjective} staff chief`,
    );
  }
  return titles;
}

const plurals: readonly (readonly [RegExp, string])[] = [
  [/\b(minister|president|king|emperor|premier|chancellor|adviser|advisor|commander|councillor|councilor)\b/, "$1s"],
  [/\b(chief|ambassador|official|officer|commissioner|spokesman|head|chairman|representative|diplomat|governor|envoy|director)\b/, "$1s"],
  [/\bsecretary\b/, "secretaries"],
];

function pluralOf(phrase: string): string | undefined {
  for (const [singular, form] of plurals) if (singular.test(phrase)) return phrase.replace(singular, form);
  return undefined;
}

/** All titles with what they mean; a phrase with a leading `=` counts in its own case only. */
export function* titles(): Generator<readonly [string, Title]> {
  const lists = Object.entries(phrases).flatMap(([kind, list]) =>
    list.split(/[;\n]/).map((phrase) => [kind as OfficeKind, phrase.trim()] as const),
  );
  const all = [...lists, ...serviceTitles().map((phrase) => ["SERVICE_CHIEF", phrase] as const)];
  for (const [kind, written] of all) {
    if (written === "") continue;
    const [, phrase = "", implies] = /^(.*?)(?: @(\w+))?$/.exec(written) ?? [];
    const forms = phrase.includes("{d}") ? portfolios.map((portfolio) => phrase.replace("{d}", portfolio)) : [phrase];
    for (const form of forms) {
      const title = implies === undefined ? { kind, plural: false } : { kind, plural: false, implies };
      yield [form, title];
      const plural = pluralOf(form);
      if (plural !== undefined && !form.startsWith("=")) yield [plural, { ...title, plural: true }];
    }
  }
}

/** Ranks and honorifics before a name; the longest first is found by the lexicon. */
export const ranks = `
general; gen.; gen; lieutenant general; lt. gen.; lt gen; lt. general; lt general; lieut. gen.; senior lieutenant general
sen. lieut. gen.; sr. lt. gen.; senior lt. gen.; sen. lt. gen.; major general; maj. gen.; maj gen; brigadier general
brig. gen.; brig gen; brigadier; colonel; col.; col; colonel general; col. gen.; senior colonel; lieutenant colonel; lt. col.
captain; capt.; commander; cmdr.; admiral; adm.; adm; vice admiral; vice adm.; rear admiral; rear adm.; vadm; radm; commodore
air chief marshal; air marshal; air vice marshal; marshal; field marshal; air commodore; group captain; wing commander; squadron leader
marshal of the royal air force; army general; fleet admiral; general of the army; air force general; corps general
divisional general; brigade general; major; lieutenant; sergeant; chief marshal; general-lieutenant; sub-lieutenant
air force gen.; army gen.; navy adm.; marine gen.; marine corps gen.; division general; army corps general; staff general
general staff; lieutenant-general; major-general; brigadier-general; vice-admiral; rear-admiral; air vice-marshal; senior general`;

export const honorifics = `
mr; mr.; mrs; mrs.; ms; ms.; dr; dr.; prof; prof.; professor; shri; smt; smt.; sir; dame; lord; lady; baroness; baron; hon; hon.
the honourable; honourable; honorable; rt hon; his excellency; her excellency; h.e.; he mr; prince; princess; sheikh; shaikh; sheikha
dato; datuk; dato' seri; dato seri; datuk seri; tan sri; tun; haji; pehin; dato sri; dato' sri; his royal highness; his highness
crown prince; engineer; eng.; eng; reverend; hajji; al-haj; ustaz; sri; u; daw; ambassador; count; minister; secretary; president
premier; chancellor; prime minister; pm; chief minister; acting secretary; secretary-general; secretary general; foreign minister
defence minister; defence secretary; comrade; president-elect; congressman; senator; representative; kanselir; adv.; barrister; chief`;
