/** The longest passage of a private text, in code points. The function "privatePassageLimit" of the database says the same. */
export const privatePassageLimit = 300;

export { gapMark as gap } from "../../lib/characters.js";

/** The start of a place in a data set, as RFC 7111 writes it: `row=17`, `states.csv#row=5-7`, `cell=4,2`. */
export const rowLocator = /(?:^|#)(?:row|cell)=[1-9*]/;
