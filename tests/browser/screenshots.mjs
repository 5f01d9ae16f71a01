// The pictures of doc/report.md and doc/picture.md: node tests/browser/screenshots.mjs, with the built programs in
// $BUILD. They are taken in Debian's chromium with its Liberation fonts.
// SPDX-License-Identifier: MIT
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Browser, start_watch } from "./driver.mjs";

const build = resolve(process.env.BUILD ?? "build");
const work = mkdtempSync(join(tmpdir(), "stridec-pictures-"));
const page = join(work, "payment.html");
for (const end of ["dfd", "triage.dfd"]) cpSync(`samples/payment/payment.${end}`, join(work, `payment.${end}`));
execFileSync(join(build, "stridec"), ["report", join(work, "payment.dfd")]);

const pictures = [
  { file: "doc/report.png", at: "", see: "#picture", height: 820 },
  { file: "doc/report-question.png", at: "#T@admin/hostile_input", see: "#picture", height: 820, dark: true },
];
for (const { file, at, see, height, dark } of pictures) {
  const browser = await Browser.open({ width: 1280, height, dark });
  try {
    await browser.go(`file://${page}${at}`);
    await browser.run(`(css) => {
      document.querySelector(css).scrollIntoView();
      for (const fold of document.querySelectorAll(".shown .ways")) fold.open = true;
      document.activeElement.blur();
      return new Promise((go) => setTimeout(go, 300));
    }`, see);
    writeFileSync(file, await browser.screenshot());
  } finally {
    await browser.close();
  }
}

// The picture by itself, in light, in dark and printed in grey.
{
  const sheet = join(work, "sheet.html");
  cpSync("samples/payment/payment.svg", join(work, "payment.svg"));
  writeFileSync(sheet, `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Picture</title>
<style>
body { margin: 0 }
div { box-sizing: border-box; padding: 12px; height: 33.333vh; display: flex; justify-content: center }
img { height: 100% }
.light, .grey { color-scheme: light; background: #fff }
.dark { color-scheme: dark; background: #0f172a }
.grey img { filter: grayscale(1) }
</style>
${["light", "dark", "grey"].map((scheme) => `<div class="${scheme}"><img alt="${scheme}" src="payment.svg"></div>`).join("\n")}`);
  const browser = await Browser.open({ width: 900, height: 1440 });
  try {
    await browser.go(`file://${sheet}`);
    await browser.run(`() => new Promise((go) => setTimeout(go, 300))`);
    writeFileSync("doc/picture.png", await browser.screenshot());
  } finally {
    await browser.close();
  }
}

// A mistake while somebody writes.
const model = join(work, "payment.dfd");
const watch = await start_watch(join(build, "stridec"), work, "payment.dfd");
const browser = await Browser.open({ width: 1280, height: 700 });
try {
  const until = (what) => browser.run(`() => new Promise((go) => {
    const look = () => (${what}) ? go() : setTimeout(look, 50);
    look();
  })`);
  await browser.go(watch.url);
  await until(`document.querySelector("#list") && document.querySelector("#problems")`);
  await browser.run(`() => document.querySelector("#picture").scrollIntoView()`);
  writeFileSync(model, readFileSync(model, "utf8").replace("-> gateway", "-> gatway"));
  await until(`!document.querySelector("#problems").hidden`);
  writeFileSync("doc/report-mistake.png", await browser.screenshot());
} finally {
  await browser.close();
  await watch.end();
}
rmSync(work, { recursive: true });
