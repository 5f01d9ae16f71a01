// `stridec watch` in a browser: a save is seen, with what was looked at as it was; a mistake is seen below the
// last report; pages of elsewhere get nothing. node tests/browser/watch.mjs, with the built programs in $BUILD.
// SPDX-License-Identifier: MIT
import { createServer } from "node:http";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Browser, is_there, start_watch } from "./driver.mjs";
import { end_with_counts, expect, try_access } from "./expect.mjs";

const program = join(resolve(process.env.BUILD ?? "build"), "stridec");
if (!is_there("chromium") || !is_there("chromedriver")) {
  console.log("chromium and chromedriver are not here (make deps-browser): watch is not tried");
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), "stridec-watch-"));
for (const end of ["dfd", "triage.dfd"]) cpSync(`samples/payment/payment.${end}`, join(work, `payment.${end}`));
const model = join(work, "payment.dfd");
const change = (from, to) => writeFileSync(model, readFileSync(model, "utf8").replace(from, to));

// Asks again and again, as a page may be loaded anew meanwhile; gives up after half a minute.
const until = async (browser, what, condition) => {
  for (let i = 0; i < 600; i++) {
    const holds = await browser.run(`() => Boolean(${condition})`).catch(() => false);
    if (holds === true) return expect(what, true);
    await new Promise((go) => setTimeout(go, 50));
  }
  expect(what, false);
};

const is_shown = `document.querySelector("#problems") && !document.querySelector("#problems").hidden`;
const is_hidden = `document.querySelector("#problems") && document.querySelector("#problems").hidden`;
const titled = (title) => `document.querySelector("#picture").textContent.includes("${title}") && ${is_hidden}`;

// All that a reader may have set up.
const seen = (browser) => browser.run(`() => ({
  window: scrollY, filter: Object.fromEntries(new FormData(document.querySelector("#filter"))),
  sort: document.querySelector("#list th:nth-child(5)").getAttribute("aria-sort"),
  rows: document.querySelectorAll("#list tbody tr").length,
  zoom: document.querySelector(".drawing svg").style.width,
  at: document.querySelector(".drawing").scrollLeft,
  focus: document.activeElement.name,
  about: document.querySelector(".about.shown").id, hash: location.hash,
})`);

const try_reload = async (browser, url) => {
  await browser.go(`${url}#T@pay`);
  await until(browser, "the page comes", titled("API Gateway"));
  await browser.run(`() => {
    for (const label of ["Zoom in", "Zoom in", "Zoom in"]) document.querySelector(".tools button[aria-label='" + label + "']").click();
    document.querySelector(".drawing").scrollLeft = 77;
    const form = document.querySelector("#filter"), head = document.querySelector("#list th:nth-child(5) button");
    form.elements.letter.value = "T";
    form.elements.text.value = "pay";
    form.dispatchEvent(new Event("input", { bubbles: true }));
    head.click();
    head.click();
    form.elements.text.focus({ preventScroll: true });
    scrollTo(0, 333);
  }`);
  const before = await seen(browser);
  expect("it was set up", [before.window, before.filter.letter, before.sort, before.about, before.focus],
    [333, "T", "descending", "T@pay", "text"]);
  change('"API Gateway"', '"Front door"');
  await until(browser, "a save is seen", titled("Front door"));
  await new Promise((go) => setTimeout(go, 200));
  expect("all is as it was", await seen(browser), before);
};

const try_mistake = async (browser) => {
  change("-> gateway", "-> gatway");
  await until(browser, "a mistake is seen", is_shown);
  const text = await browser.run(`() => document.querySelector("#problems pre").textContent`);
  expect("with its line and a caret", [/payment\.dfd:\d+:\d+: error: no element 'gatway'/.test(text), /\n +\| +\^{6}/.test(text)], [true, true]);
  expect("the last report stays", await browser.run(`() => document.querySelector("#picture").textContent.includes("Front door")`));
  await try_access(browser, "a mistake");
  change('gatway : "', 'gatway : "<img src=x onerror=alert(1)> ');
  await until(browser, "a text in it stays text", `${is_shown} && document.querySelector("#problems pre").textContent.includes("<img src=x")`);
  expect("no element", await browser.run(`() => document.querySelectorAll("#problems img").length`), 0);
  change('<img src=x onerror=alert(1)> ', "");
  change("-> gatway", "-> gateway");
  await until(browser, "what is mended is not shown", is_hidden);
};

const try_first_mistake = async (browser) => {
  writeFileSync(join(work, "late.dfd"), "flow f = a -> b\n");
  const watch = await start_watch(program, work, "late.dfd");
  await browser.go(watch.url);
  await until(browser, "a mistake is seen without a report", `${is_shown} && document.querySelector("#problems pre").textContent.includes("late.dfd:1:")`);
  expect("which says so", await browser.run(`() => document.querySelector("#problems strong").textContent`), "No report can be made:");
  await try_access(browser, "no report");
  expect("nothing is refused", await browser.complaints(), []);
  writeFileSync(join(work, "late.dfd"), 'external a "A"\nprocess b "Come late"\nflow f = a -> b\n');
  await until(browser, "then the report comes", `document.querySelector("#picture") && document.querySelector("#picture").textContent.includes("Come late")`);
  expect("Ctrl-C ends it", await watch.end(), 0);
  await until(browser, "which the page says", `${is_shown} && /does not answer/.test(document.querySelector("#problems strong").textContent)`);
};

// A page of somebody else, that knows even the address: it can read nothing, hold nothing in a frame.
const try_stranger = async (browser, url) => {
  const server = createServer((request, response) =>
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!DOCTYPE html><title>elsewhere</title>"));
  await new Promise((go) => server.listen(0, "127.0.0.1", go));
  try {
    await browser.go(`http://127.0.0.1:${server.address().port}/`);
    expect("nothing is read", await browser.run(`(url) => fetch(url).then((answer) => answer.text(), () => "refused")`, url), "refused");
    expect("nor heard", await browser.run(`(url) => new Promise((go) => {
      const stream = new EventSource(url + "events");
      stream.onopen = () => go("heard");
      stream.onerror = () => (stream.close(), go("refused"));
    })`, url), "refused");
    const framed = await browser.run(`(url) => new Promise((go) => {
      const frame = document.createElement("iframe");
      frame.onload = () => { try { go(frame.contentDocument ? frame.contentDocument.body.textContent : "refused"); } catch { go("refused"); } };
      frame.src = url;
      document.body.append(frame);
    })`, url);
    expect("nor held in a frame", framed, "refused");
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

const main = async () => {
  const watch = await start_watch(program, work, "payment.dfd");
  const browser = await Browser.open();
  try {
    await try_reload(browser, watch.url);
    await try_mistake(browser);
    expect("nothing is refused, nothing fails", await browser.complaints(), []);
    await try_stranger(browser, watch.url);
    await browser.complaints(); // of what was refused to the stranger
    await try_first_mistake(browser);
  } finally {
    await browser.close();
    await watch.end();
    rmSync(work, { recursive: true, force: true });
  }
};

await main();
end_with_counts();
