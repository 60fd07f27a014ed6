/** An operation of a page, with the types of its data and variables. */
export interface PageOperation<TData, TVariables> {
  readonly name: string;
  /** The source text with all fragments. Pages show it to their readers. */
  readonly text: string;
  /** Never set; it carries the types. */
  readonly types?: (variables: TVariables) => TData;
}
