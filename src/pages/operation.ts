/** An operation that a page is made from, with the types of its answer and of its variables. */
export interface PageOperation<TData, TVariables> {
  readonly name: string;
  /** As it is written, with the fragments that it needs: pages show it to their readers. */
  readonly text: string;
  /** Never there; carries the types. */
  readonly types?: (variables: TVariables) => TData;
}
