import graphql from "@graphql-eslint/eslint-plugin";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

const typescriptFiles = ["**/*.ts", "**/*.tsx"];
const schemaFile = "schema.graphql";
const operationFiles = [
  "src/operations/*.graphql",
  "src/pages/operations/*.graphql",
  "src/desk/operations/*.graphql",
  "src/agents/operations/*.graphql",
];

/** Reading the environment in many places makes settings that nobody can list; `src/config.ts` lists and checks them all. */
const environmentOnlyInConfig = {
  "no-restricted-properties": [
    "error",
    { object: "process", property: "env", message: "Read settings from src/config.ts." },
  ],
  "no-restricted-imports": [
    "error",
    {
      paths: ["node:process", "process"].map((name) => ({
        name,
        importNames: ["env"],
        message: "Read settings from src/config.ts.",
      })),
    },
  ],
};

/**
 * An object that is written out with getters gets a shape of its own from V8, which holds on to all that the getters reach
 * until the next full collection of garbage. What is made for every request takes getters from a class.
 */
const gettersOnlyInClasses = {
  "no-restricted-syntax": [
    "error",
    {
      selector: "ObjectExpression > Property[kind='get']",
      message:
        "What is made for every request has getters by its class; in an object they keep the memory of the request.",
    },
  ],
};

const graphqlParser = {
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { schema: schemaFile, documents: operationFiles } },
};

export default defineConfig(
  { ignores: ["dist/", "src/generated/", "data/", "coverage/"] },
  {
    files: typescriptFiles,
    extends: [typescript.configs.strict, typescript.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A function that an interface wants to be asynchronous need not wait for anything.
      "@typescript-eslint/require-await": "off",
      // A leading underscore, or standing beside `...rest`, says that leaving it out is the purpose.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // An overload with an explanation of its own is worth a line of its own.
      "@typescript-eslint/unified-signatures": ["error", { ignoreOverloadsWithDifferentJSDoc: true }],
      // The reason of an abort is whatever the one who aborted gave.
      "@typescript-eslint/prefer-promise-reject-errors": [
        "error",
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      // GraphQL's enums are plain strings in documents and on the wire, and are compared as such.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
    },
  },
  // A test that looks at the type of a method names it without calling it.
  { files: ["tests/**/*.ts"], rules: { "@typescript-eslint/unbound-method": "off" } },
  { files: ["**/*.js"], extends: [typescript.configs.strict] },
  { files: ["src/**/*.ts"], ignores: ["src/config.ts"], rules: environmentOnlyInConfig },
  { files: ["src/context.ts", "src/{http,limits,live,reading}/**/*.ts"], rules: gettersOnlyInClasses },
  {
    files: [schemaFile],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: graphqlParser,
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      // A description is one line of prose; a block only holds what does not fit into 120 columns.
      "@graphql-eslint/description-style": "off",
      // A bounded list stays a list; only lists that can grow are connections.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // What can be fetched again implements Node, which has the id; answers, pages and parts of a record have none.
      "@graphql-eslint/strict-id-in-types": "off",
      "@graphql-eslint/require-nullable-fields-with-oneof": "error",
      "@graphql-eslint/no-scalar-result-type-on-mutation": "error",
    },
  },
  {
    files: operationFiles,
    plugins: { "@graphql-eslint": graphql },
    languageOptions: graphqlParser,
    rules: {
      ...graphql.configs["flat/operations-recommended"].rules,
      // These show a reader what to ask for, and need an id only where something is to be fetched again.
      "@graphql-eslint/require-selections": "off",
      // The service holds depth, by a limit that is known to clients.
      "@graphql-eslint/selection-set-depth": "off",
    },
  },
);
