// What the tests in a browser share: expectations that are counted, and what axe-core finds in a page.
// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const build = resolve(process.env.BUILD ?? "build");
const axe = join(build, "browser/node_modules/axe-core/axe.min.js");

let passed = 0, failed = 0;
// The driver sorts the names of members.
const written = (value) =>
  JSON.stringify(value, (key, at) => at && typeof at === "object" && !Array.isArray(at)
    ? Object.fromEntries(Object.entries(at).sort()) : at);
export const expect = (what, actual, expected = true) => {
  const [a, b] = [written(actual), written(expected)];
  if (a === b) passed += 1;
  else console.log(`${what}:\n  expected: ${b}\n  but was:  ${a}`), (failed += 1);
};

// `part`: of the page, for a page that is large.
export const try_access = async (browser, what, part = "html") => {
  if (!existsSync(axe)) return expect("axe-core is here (make deps-browser)", false);
  await browser.run(`(source) => { new Function(source).call(window); }`, readFileSync(axe, "utf8")).catch(() => {});
  const found = await browser.run(`async (part) => (await axe.run(part)).violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 150), nodes[0].failureSummary.slice(0, 300)])`, part);
  expect(`axe: ${what}`, found, []);
};

export const end_with_counts = () => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
};
