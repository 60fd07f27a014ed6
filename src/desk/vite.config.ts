import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressAhead } from "../playground/vite.config.js";

export default defineConfig({
  base: "/desk/",
  plugins: [react(), compressAhead()],
  build: {
    outDir: "../../dist/desk",
    emptyOutDir: true,
    target: "es2022",
    // Everything is a file of its own: the desk's policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The licences of bundled packages must be distributed with them.
    license: { fileName: "licences.md" },
  },
});
