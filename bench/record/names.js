// Names for a record that nobody lived: states are real, everything else is put together from parts.

/** ISO 3166-1 codes, alpha-3:alpha-2; those that meet most come first, as far as that can be said at all. */
const isoCodes = `USA:US CHN:CN IND:IN JPN:JP FRA:FR GBR:GB DEU:DE AUS:AU KOR:KR RUS:RU SGP:SG VNM:VN IDN:ID PHL:PH
MYS:MY THA:TH TUR:TR ITA:IT ISR:IL SAU:SA POL:PL CAN:CA ESP:ES NLD:NL SWE:SE UKR:UA EGY:EG ARE:AE BRA:BR ZAF:ZA
PAK:PK BGD:BD LAO:LA KHM:KH MMR:MM BRN:BN NZL:NZ NOR:NO FIN:FI GRC:GR ROU:RO CZE:CZ BEL:BE DNK:DK PRT:PT HUN:HU
QAT:QA KWT:KW JOR:JO IRQ:IQ IRN:IR KAZ:KZ UZB:UZ MNG:MN LKA:LK NPL:NP MDV:MV NGA:NG KEN:KE ETH:ET RWA:RW GHA:GH
SEN:SN MAR:MA DZA:DZ TUN:TN MEX:MX ARG:AR CHL:CL COL:CO PER:PE OMN:OM BHR:BH AZE:AZ ARM:AM GEO:GE BLR:BY SRB:RS
HRV:HR SVN:SI SVK:SK BGR:BG EST:EE LVA:LV LTU:LT LUX:LU ALB:AL MKD:MK MNE:ME BIH:BA MDA:MD AUT:AT CHE:CH IRL:IE
ISL:IS CYP:CY MLT:MT TLS:TL PNG:PG FJI:FJ TON:TO VUT:VU SLB:SB KGZ:KG TJK:TJ TKM:TM AFG:AF BTN:BT UGA:UG TZA:TZ
MOZ:MZ ZMB:ZM ZWE:ZW BWA:BW NAM:NA AGO:AO COD:CD COG:CG CMR:CM GAB:GA CIV:CI MLI:ML NER:NE TCD:TD SDN:SD SSD:SS
SOM:SO DJI:DJ ERI:ER LBY:LY MRT:MR BFA:BF BEN:BJ TGO:TG GIN:GN SLE:SL LBR:LR GMB:GM GNB:GW CPV:CV MDG:MG MUS:MU
SYC:SC COM:KM LSO:LS SWZ:SZ MWI:MW BDI:BI CAF:CF GNQ:GQ STP:ST LBN:LB SYR:SY YEM:YE PSE:PS CUB:CU VEN:VE ECU:EC
BOL:BO PRY:PY URY:UY GUY:GY SUR:SR PAN:PA CRI:CR NIC:NI HND:HN SLV:SV GTM:GT BLZ:BZ JAM:JM HTI:HT DOM:DO TTO:TT
BRB:BB BHS:BS GRD:GD LCA:LC VCT:VC DMA:DM ATG:AG KNA:KN WSM:WS KIR:KI TUV:TV NRU:NR PLW:PW MHL:MH FSM:FM AND:AD
MCO:MC SMR:SM LIE:LI VAT:VA PRK:KP TWN:TW HKG:HK MAC:MO COK:CK NIU:NU`;

const regionNames = new Intl.DisplayNames("en", { type: "region" });

/** Letters without accents, so that every peer puts names into one order. */
function plain(text) {
  return text
    .normalize("NFD")
    .replace(/[^\x20-\x7e]/g, "")
    .replaceAll("&", "and");
}

/** @returns {{ code: string, alpha2: string, name: string }[]} 200 states. */
export const states = isoCodes
  .split(/\s+/)
  .slice(0, 200)
  .map((pair) => {
    const [code, alpha2] = pair.split(":");
    return { code, alpha2, name: plain(regionNames.of(alpha2)) };
  });

export const organizations = [
  ["ASEAN", "Association of Southeast Asian Nations"],
  ["EU", "European Union"],
  ["NATO", "North Atlantic Treaty Organization"],
  ["AU", "African Union"],
  ["UN", "United Nations"],
  ["GCC", "Gulf Cooperation Council"],
  ["SCO", "Shanghai Cooperation Organisation"],
  ["OSCE", "Organization for Security and Co-operation in Europe"],
  ["ECOWAS", "Economic Community of West African States"],
  ["SADC", "Southern African Development Community"],
  ["CSTO", "Collective Security Treaty Organization"],
  ["OAS", "Organization of American States"],
  ["CARICOM", "Caribbean Community"],
  ["PIF", "Pacific Islands Forum"],
  ["SAARC", "South Asian Association for Regional Cooperation"],
  ["BIMSTEC", "Bay of Bengal Initiative"],
  ["IORA", "Indian Ocean Rim Association"],
  ["LAS", "League of Arab States"],
  ["OIC", "Organisation of Islamic Cooperation"],
  ["CIS", "Commonwealth of Independent States"],
].map(([code, name]) => ({ code, name }));

const regions = [
  "Asia-Pacific",
  "Indian Ocean",
  "Western Pacific",
  "Gulf",
  "Mediterranean",
  "Baltic",
  "Black Sea",
  "Nordic",
  "Adriatic",
  "Central Asian",
  "South Asian",
  "Southeast Asian",
  "East Asian",
  "West African",
  "East African",
  "Southern African",
  "Sahel",
  "Maghreb",
  "Great Lakes",
  "Caribbean",
  "Andean",
  "Central American",
  "South American",
  "Pacific Islands",
  "Arctic",
];
const topics = [
  "Defence",
  "Maritime Security",
  "Counter-Terrorism",
  "Air",
  "Cyber Security",
  "Peacekeeping",
  "Military Medicine",
  "Disaster Relief",
  "Border Security",
  "Defence Industry",
];
const formats = [
  ["Ministers' Meeting", "MINISTERIAL"],
  ["Dialogue", "DIALOGUE"],
  ["Summit", "SUMMIT"],
  ["Organization", "ORGANIZATION"],
];

/** @returns {{ slug: string, name: string, acronym: string | null, kind: string }} the forum of a number from 0 to 999. */
export function forumOf(index) {
  const region = regions[index % regions.length];
  const topic = topics[Math.floor(index / regions.length) % topics.length];
  const [format, kind] =
    formats[(index + Math.floor(index / regions.length) + Math.floor(index / 250)) % formats.length];
  const name = `${region} ${topic} ${format}`;
  const acronym = index % 3 === 0 ? null : name.replace(/[^A-Z]/g, "");
  return { slug: slugOf(name), name, acronym, kind };
}

export function slugOf(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

const onsets = [
  "b",
  "d",
  "g",
  "h",
  "j",
  "k",
  "l",
  "m",
  "n",
  "p",
  "r",
  "s",
  "t",
  "v",
  "z",
  "ch",
  "sh",
  "th",
  "br",
  "st",
];
const nuclei = ["a", "e", "i", "o", "u", "ai", "ei", "ou"];
const codas = ["", "", "", "n", "r", "s", "l", "ng", "m", "k"];

/** A made-up word of some syllables, with a capital. */
export function word(random, syllables) {
  let text = "";
  for (let index = 0; index < syllables; index++)
    text += random.pick(onsets) + random.pick(nuclei) + random.pick(codas);
  return text[0].toUpperCase() + text.slice(1);
}

export const offices = [
  ["DEFENCE_MINISTER", "Minister of Defence"],
  ["HEAD_OF_GOVERNMENT", "Head of Government"],
  ["HEAD_OF_STATE", "Head of State"],
  ["DEPUTY_DEFENCE_MINISTER", "Deputy Minister of Defence"],
  ["OTHER", "Chief of Defence Staff"],
].map(([kind, title]) => ({ kind, title, key: slugOf(title) }));

export const publishers = [
  ["NEWS_REPORT", "Wire Service"],
  ["NEWS_REPORT", "Evening Post"],
  ["NEWS_REPORT", "Daily Record"],
  ["READOUT", "Ministry of Defence"],
  ["READOUT", "Ministry of Foreign Affairs"],
  ["JOINT_STATEMENT", "Secretariat"],
  ["OFFICIAL_PAGE", "Government Gazette"],
  ["NEWS_REPORT", "Defence Weekly"],
];

const subjects = [
  "The two ministers",
  "Both delegations",
  "The ministry",
  "Officials on both sides",
  "The host",
  "Participants",
  "A spokesperson",
  "The visiting delegation",
];
const verbs = [
  "reviewed",
  "welcomed",
  "discussed",
  "agreed to widen",
  "exchanged views on",
  "took stock of",
  "underlined the weight of",
  "announced",
];
const matters = [
  "maritime security",
  "joint exercises",
  "the exchange of officers",
  "freedom of navigation",
  "defence industry cooperation",
  "humanitarian assistance",
  "border management",
  "cyber defence",
  "a hotline between the two services",
  "regional security",
];
const endings = [
  "in a cordial atmosphere",
  "ahead of the plenary",
  "and will meet again next year",
  "as agreed at their last meeting",
  "with a view to stability in the region",
  "at working level",
  "over a working lunch",
  "without going into details",
];

/** A sentence of the kind that reports of meetings are made of; long enough to be unlike the others in its document. */
export function sentence(random, number) {
  return `${random.pick(subjects)} ${random.pick(verbs)} ${random.pick(matters)} and ${random.pick(matters)} ${random.pick(endings)} (${number + 1}).`;
}
