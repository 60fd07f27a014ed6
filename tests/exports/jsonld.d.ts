/** The part of the package that the tests use; it comes without types. */
declare module "jsonld" {
  const jsonld: {
    expand(
      document: object,
      options: { readonly documentLoader: (url: string) => never },
    ): Promise<Record<string, unknown>[]>;
  };
  export default jsonld;
}
