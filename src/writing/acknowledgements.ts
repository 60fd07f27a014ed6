/** What an editor can take note of and want nevertheless: values of the contract's enum of this name. */
export const Acknowledgement = {
  OFFICE_NOT_HELD: "OFFICE_NOT_HELD",
  WITHDRAWN: "WITHDRAWN",
} as const;

/** The name of something that can be acknowledged. */
export type Acknowledged = keyof typeof Acknowledgement;
