import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { packageRoot } from "../../src/lib/root.js";

// Doubles of the seeds: each record once more, as another source or editor would enter it. The same seeds give the same
// doubles; entries take turns with the ways in which they differ.

type Entry = Readonly<Record<string, unknown>>;
type Variation = (entry: Entry) => Entry | undefined;

/** A kind of record: its collection in packs, its key, its source, and the ways in which doubles of it differ. */
interface DoubledKind {
  readonly collection: string;
  readonly key: string;
  readonly isCited: boolean;
  /** The properties that a double keeps before it is varied. */
  readonly keeps: readonly string[];
  readonly variations: readonly Variation[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const isDay = (value: unknown): boolean => /^\d{4}-\d\d-\d\d$/.test(text(value));

function shifted(day: unknown, days: number): string {
  const date = new Date(`${text(day)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const swapped = (name: string): string => name.split(" ").reverse().join(" ");
const without = (entry: Entry, ...names: readonly string[]): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => !names.includes(name)));

function seats(entry: Entry): readonly Entry[] {
  return (entry["participants"] ?? []) as readonly Entry[];
}

const areNamed = (entry: Entry): boolean =>
  seats(entry).length > 1 && seats(entry).every(({ person }) => person !== undefined);

function transliterated(name: string): string | undefined {
  const other = name
    .replace(/ph/g, "f")
    .replace(/oo/g, "u")
    .replace(/ei/g, "ey")
    .replace(/(?<=[a-z])y\b/g, "i")
    .replace(/(?<=[a-z])th/g, "t")
    .replace(/(?<=[a-z])an\b/g, "on");
  // Short names have too many others that sound like them.
  return other === name || name.replace(/[^b-df-gj-np-tvz]/gi, "").replace(/(.)\1/gi, "$1").length < 7
    ? undefined
    : other;
}

const named =
  (vary: (name: string) => string | undefined): Variation =>
  (entry) => {
    const name = vary(text(entry["name"]));
    return name === undefined ? undefined : { ...entry, name };
  };

const bodyNames: readonly Variation[] = [
  named((name) => name.toUpperCase()),
  named((name) => `The ${name.replaceAll("-", " ")}`),
  named((name) =>
    /Defence|Organisation/.test(name)
      ? name.replace("Defence", "Defense").replace("Organisation", "Organization")
      : undefined,
  ),
  (entry) => ({ ...entry, name: text(entry["officialName"] ?? entry["name"]) }),
  (entry) => {
    const [alias] = ((entry["aliases"] ?? entry["names"] ?? []) as readonly unknown[]).flatMap((one) =>
      typeof one === "string" ? [one] : (one as Entry)["kind"] === "DEMONYM" ? [] : [text((one as Entry)["text"])],
    );
    return alias === undefined ? undefined : { ...entry, name: alias };
  },
];

const url =
  (vary: (address: string) => string): Variation =>
  (entry) =>
    entry["url"] === undefined
      ? undefined
      : {
          ...entry,
          title: `Report ${text(entry["key"])}`,
          publisher: "Another publisher",
          url: vary(text(entry["url"])),
        };

const kinds: readonly DoubledKind[] = [
  {
    collection: "documents",
    key: "key",
    isCited: false,
    keeps: ["kind", "title", "titleIsOurs", "publisher", "language", "publishedOn", "url"],
    variations: [
      url((address) => address),
      url((address) =>
        address.startsWith("https:") ? address.replace("https:", "http:") : address.replace("http:", "https:"),
      ),
      url((address) =>
        address.replace(/^(https?:\/\/)(www\.)?/, (_, scheme: string, www?: string) =>
          www ? scheme : `${scheme}www.`,
        ),
      ),
      url((address) =>
        /[?#]/.test(address) ? `${address}&utm_source=feed` : `${address.replace(/\/$/, "")}/?utm_source=feed&fbclid=1`,
      ),
      url((address) => (address.includes("#") ? address : `${address}#comments`)),
      (entry) =>
        entry["publishedOn"] === undefined || entry["titleIsOurs"] === true ? undefined : without(entry, "url"),
    ],
  },
  { collection: "states", key: "code", isCited: true, keeps: ["name", "officialName", "names"], variations: bodyNames },
  {
    collection: "organizations",
    key: "code",
    isCited: true,
    keeps: ["name", "officialName", "names"],
    variations: bodyNames,
  },
  {
    collection: "persons",
    key: "slug",
    isCited: true,
    keeps: ["name", "state"],
    variations: [
      named((name) => swapped(name)),
      named((name) => `General ${name}`),
      named((name) => (name.includes("-") ? name.replace("-", "") : undefined)),
      named((name) => transliterated(name)),
      named((name) => name.replace(" ", " J. ")),
      named((name) => name.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase()),
    ],
  },
  { collection: "forums", key: "slug", isCited: true, keeps: ["name", "aliases"], variations: bodyNames },
  {
    collection: "meetings",
    key: "slug",
    isCited: true,
    keeps: ["title", "kind", "format", "on", "endsOn", "place", "forum", "sidelinesOf", "participants"],
    variations: [
      (entry) => ({ ...entry, title: "Talks" }),
      (entry) =>
        isDay(entry["on"]) && areNamed(entry)
          ? {
              ...entry,
              title: "Talks",
              on: shifted(entry["on"], 1),
              endsOn: entry["endsOn"] && shifted(entry["endsOn"], 1),
            }
          : undefined,
      (entry) =>
        isDay(entry["on"]) && areNamed(entry)
          ? { ...without(entry, "endsOn"), title: "Talks", on: text(entry["on"]).slice(0, 7) }
          : undefined,
      (entry) =>
        isDay(entry["on"])
          ? { ...entry, participants: seats(entry).map((seat) => without(seat, "person")) }
          : undefined,
      (entry) =>
        areNamed(entry)
          ? {
              ...without(entry, "place", "format"),
              participants: seats(entry).map((seat, index) => (index === 0 ? without(seat, "person") : seat)),
            }
          : undefined,
      (entry) => ({ ...entry, participants: [...seats(entry)].reverse().map((seat) => without(seat, "office")) }),
      (entry) => ({ ...without(entry, "sidelinesOf", "format"), title: "A meeting on that day" }),
    ],
  },
  {
    collection: "visits",
    key: "key",
    isCited: true,
    keeps: ["person", "place", "from", "to"],
    variations: [
      (entry) => ({ ...entry, purpose: "Talks" }),
      (entry) => (isDay(entry["from"]) && entry["place"] ? { ...entry, from: shifted(entry["from"], -1) } : undefined),
      (entry) =>
        isDay(entry["from"]) && entry["place"]
          ? { ...without(entry, "to"), from: text(entry["from"]).slice(0, 7) }
          : undefined,
      (entry) => (isDay(entry["from"]) ? without(entry, "place", "to") : undefined),
    ],
  },
  {
    collection: "agreements",
    key: "key",
    isCited: true,
    keeps: ["name", "kind", "parties", "signedOn"],
    variations: [
      named((name) => name.toUpperCase()),
      named((name) => swapped(name)),
      (entry) => (isDay(entry["signedOn"]) ? without(entry, "name") : undefined),
      (entry) => (isDay(entry["signedOn"]) ? { ...entry, signedOn: text(entry["signedOn"]).slice(0, 7) } : undefined),
      (entry) => without(entry, "signedOn"),
    ],
  },
  {
    collection: "activities",
    key: "key",
    isCited: true,
    keeps: ["name", "kind", "parties", "series", "ordinal", "from", "to", "place"],
    variations: [
      (entry) => ({ ...entry, note: "Reported by another source." }),
      named((name) => swapped(name)),
      (entry) =>
        isDay(entry["from"]) ? { ...without(entry, "to"), from: text(entry["from"]).slice(0, 7) } : undefined,
      (entry) => without(entry, "series", "ordinal", "place"),
    ],
  },
];

const folders = ["reference", "facts", "record"];

function entriesOf(collection: string): Entry[] {
  return folders.flatMap((folder) => {
    try {
      const file = readFileSync(join(packageRoot(), "seeds", folder, `${collection}.yaml`), "utf8");
      return ((parse(file) as Readonly<Record<string, Entry[]>>)[collection] ?? []).filter((entry) => !isLater(entry));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
}

// An entry without a title or name adds to a record of a pack below.
function isLater(entry: Entry): boolean {
  return ["title", "name", "person", "parties"].every((name) => entry[name] === undefined);
}

/** A pack of doubles of one kind, and the key of the record that each is a double of, in the order of its entries. */
export interface Doubles {
  readonly collection: string;
  readonly pack: string;
  readonly originals: readonly string[];
}

/** Three-letter codes that no state has. */
function freeCode(index: number): string {
  const letter = (value: number): string => String.fromCharCode(65 + (value % 26));
  return `Q${letter(Math.floor(index / 26) + 12)}${letter(index)}`;
}

/** Doubles of the records in the seeds, kind by kind. */
export function doublesOfSeeds(): Doubles[] {
  return kinds.map(({ collection, key, isCited, keeps, variations }) => {
    const originals: string[] = [];
    const doubles: Entry[] = [];
    for (const entry of entriesOf(collection)) {
      const kept = Object.fromEntries(
        keeps.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
      );
      const from = originals.length;
      const varied = variations
        .map((_, index) => variations[(from + index) % variations.length]?.({ ...kept, [key]: entry[key] }))
        .find((one) => one !== undefined);
      if (varied === undefined) continue;
      originals.push(text(entry[key]));
      const name =
        collection === "states"
          ? freeCode(from)
          : collection === "organizations"
            ? `ZZ-${String(from)}`
            : `double-${String(from)}`;
      doubles.push({
        ...withoutParts(without(varied, "names", "aliases", "officialName")),
        [key]: name,
        ...(isCited && { cite: ["source-of-doubles"] }),
      });
    }
    const source = {
      key: "source-of-doubles",
      kind: "NEWS_REPORT",
      title: "Doubles",
      publisher: "Test",
      language: "en",
      url: "https://example.org/doubles",
    };
    const documents = isCited ? { documents: [source] } : {};
    return {
      collection,
      originals,
      pack: stringify({ pack: { name: "doubles" }, ...documents, [collection]: doubles }),
    };
  });
}

function withoutParts(entry: Entry): Entry {
  if (entry["participants"] === undefined) return entry;
  return {
    ...entry,
    participants: seats(entry).map((seat) => ({ ...without(seat, "cite", "note"), cite: ["source-of-doubles"] })),
  };
}
