// Builds the design system's stylesheet and scripts into a git-ignored static folder.
// The Frutiger font face is switched off: its licence is the NHS's alone, and no page may load from elsewhere.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "node_modules/nhsuk-frontend/dist/nhsuk");
const target = join(root, "src/placewell_web/nhsuk/static/nhsuk/vendor");
mkdirSync(target, { recursive: true });

const entry = `@use "index" with (
  $nhsuk-include-font-face: false,
  $nhsuk-font-family: (Arial, "Liberation Sans", sans-serif),
);`;
const { css } = sass.compileString(entry, {
  loadPaths: [source],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin"],
});
const foreign = css.match(/url\((["']?)(?:https?:)?\/\/[^)]*\)/);
if (foreign) throw new Error(`The stylesheet loads from another host: ${foreign[0]}`);
writeFileSync(join(target, "nhsuk.css"), css);
copyFileSync(join(source, "nhsuk-frontend.min.js"), join(target, "nhsuk.js"));
const axe = join(root, "node_modules/axe-core/axe.min.js");
if (existsSync(axe)) copyFileSync(axe, join(root, "node_modules/.axe.min.js"));
console.log(`design system built: ${(css.length / 1024).toFixed(0)} KiB of CSS`);
