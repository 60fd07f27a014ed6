/** Faults that an editor can override: the values of the enum of this name in the contract. */
export const Acknowledgement = {
  LIKELY_DUPLICATE: "LIKELY_DUPLICATE",
  OFFICE_NOT_HELD: "OFFICE_NOT_HELD",
  WITHDRAWN: "WITHDRAWN",
} as const;

/** The name of something that can be acknowledged. */
export type Acknowledged = keyof typeof Acknowledgement;
