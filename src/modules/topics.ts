import { z } from "zod";
import { listOf } from "../writing/values.js";

/** A subject that records are about. */
export interface Topic {
  /** The name by which records and filters refer to it. */
  readonly key: string;
  /** Its name on pages. */
  readonly name: string;
  readonly description: string;
}

/** All topics, in the order in which they are listed. Add one here; records keep the keys. */
export const topics: readonly Topic[] = [
  topic("maritime-security", "Maritime security", "Freedom of navigation, coast guards, piracy, incidents at sea."),
  topic("counter-terrorism", "Counter-terrorism", "Terrorism, violent extremism, and the fight against them."),
  topic("border-disputes", "Border disputes", "Land borders, clashes, disengagement and patrols along them."),
  topic("south-china-sea", "South China Sea", "Claims, incidents and a code of conduct in the South China Sea."),
  topic("taiwan", "Taiwan", "Taiwan and the Taiwan Strait."),
  topic("korean-peninsula", "Korean Peninsula", "North Korea, its weapons, and relations of the two Koreas."),
  topic("ukraine", "Ukraine", "Russia's war against Ukraine, and support of Ukraine."),
  topic("middle-east", "Middle East", "Conflicts and relations in the Middle East, Gaza and the Red Sea included."),
  topic("nuclear", "Nuclear weapons", "Nuclear weapons, deterrence, arms control and propulsion."),
  topic("missile-defence", "Missile defence", "Ballistic missiles, and the defence against them."),
  topic("cyber", "Cyber security", "Security of networks, and operations in them."),
  topic("space", "Space", "Satellites and security in space."),
  topic("arms-trade", "Arms trade", "Sales, transfers and embargoes of weapons."),
  topic("defence-industry", "Defence industry", "Joint development, production and technology."),
  topic("exercises", "Exercises", "Exercises, port calls, patrols and other activities of forces."),
  topic("hotlines", "Hotlines", "Telephone lines and other channels between ministries or commands."),
  topic("humanitarian-assistance", "Humanitarian assistance", "Relief after disasters, evacuation, medicine."),
  topic("peacekeeping", "Peacekeeping", "Operations of the United Nations and other organizations."),
  topic("training-and-education", "Training and education", "Courses, academies, and exchanges of personnel."),
  topic("intelligence-sharing", "Intelligence sharing", "Exchange and protection of classified information."),
  topic("logistics", "Logistics", "Supplies, refuelling, and access to bases and ports."),
  topic("climate", "Climate", "Climate change and its effects on security."),
  topic("trade", "Trade", "Trade, supply chains and sanctions."),
  topic("development", "Development", "Aid, infrastructure and investment."),
];

function topic(key: string, name: string, description: string): Topic {
  return { key, name, description };
}

const keys = new Set(topics.map(({ key }) => key));

/** The topics of a record, each by its key. */
export function topicKeys() {
  const known = z.string().refine(isTopic, {
    error: `is no topic; known are ${topics.map(({ key }) => key).join(", ")}`,
  });
  return listOf(known, 100);
}

/** Whether a word is the key of a topic. */
export function isTopic(word: string): boolean {
  return keys.has(word);
}
