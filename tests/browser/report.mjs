// The report in a browser: filter, order, links, keys, zoom, copies, hostile texts, and what axe-core finds.
// node tests/browser/report.mjs, with the built programs in $BUILD; prints what fails, and how many passed and
// failed. Without a browser nothing is tried, which is a failure.
// SPDX-License-Identifier: MIT
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Browser, KEYS, is_there } from "./driver.mjs";
import { end_with_counts, expect, try_access } from "./expect.mjs";

const build = resolve(process.env.BUILD ?? "build");
if (!is_there("chromium") || !is_there("chromedriver")) {
  console.log("chromium and chromedriver are not here (make deps-browser): the report is not tried");
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), "stridec-report-"));

// The address of the page of a model, a file or a text.
const page_of = (name, text, options = []) => {
  const model = join(work, `${name}.dfd`);
  if (text) writeFileSync(model, text);
  else for (const end of ["dfd", "triage.dfd"])
    cpSync(`samples/${name}/${name}.${end}`, join(work, `${name}.${end}`));
  const run = spawnSync(join(build, "stridec"), ["report", "--allow", "W0402,W0410", ...options, model], { encoding: "utf8" });
  if (run.status !== (options.includes("none") ? 4 : 0)) throw new Error(`${name}: ${run.stderr}`);
  return `file://${work}/${name}.html`;
};

const settle = (browser) => browser.run("() => new Promise((go) => setTimeout(go, 50))");
const rows_shown = (browser) =>
  browser.run(`() => [...document.querySelectorAll("#list tbody tr")].map((row) =>
    [...row.cells].map((cell) => cell.textContent))`);
const open_id = async (browser) => {
  await settle(browser); // a link opens after the browser has gone there
  return browser.run(`() => (document.querySelector(".about.shown") || { id: "" }).id`);
};
const focused = (browser) => browser.run(`() => document.activeElement.textContent`);
const choose = (browser, name, value) =>
  browser.run(`(name, value) => {
    const field = document.querySelector("#filter").elements[name];
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }`, name, value);

// ---- rows ------------------------------------------------------------------------------------

const try_filter = async (browser) => {
  const all = await rows_shown(browser);
  expect("rows that do not apply are not shown at first", all.some((row) => row[3] === "not applicable"), false);
  for (const [name, value, fits] of [
    ["tier", "2", (row) => row[1] === "2"], ["letter", "T", (row) => row[2] === "T"],
    ["state", "open", (row) => row[3] === "open"], ["owner", "Payments team", (row) => row[8] === "Payments team"],
  ]) {
    await choose(browser, name, value);
    const rows = await rows_shown(browser);
    expect(`${name} ${value}`, rows.length > 0 && rows.length < all.length && rows.every(fits));
    expect(`all rows of ${name} ${value}`, rows.length, all.filter(fits).length);
    await choose(browser, name, "");
  }
  await choose(browser, "element", "gateway");
  const ids = (await rows_shown(browser)).map((row) => row[0]);
  expect("an element has its own rows and those of its flows",
    [ids.includes("T@gateway"), ids.includes("T@pay"), ids.includes("T@postgres")], [true, true, false]);
  await choose(browser, "element", "");
  await browser.type("#filter input", "backed lost");
  const found = await rows_shown(browser);
  expect("each word of a text is in a row", [], found.filter((row) => !/lost/i.test(row.join())).map((row) => row[0]));
  await choose(browser, "text", "no such words");
  expect("it is said that nothing fits", await browser.run(`() => document.querySelector("#none").hidden`), false);
  await browser.click("#filter button[type=reset]");
  await settle(browser);
  expect("all are shown again", (await rows_shown(browser)).length, all.length);
  await choose(browser, "state", "any");
  expect("there are more", (await rows_shown(browser)).length > all.length);
  await choose(browser, "state", "");
};

const try_order = async (browser) => {
  const before = await rows_shown(browser);
  const press = () => browser.click("#list th:nth-child(5) button");
  const scores = async () => (await rows_shown(browser)).map((row) => Number(row[4]));
  const sort = () => browser.run(`() => document.querySelector("#list th:nth-child(5)").getAttribute("aria-sort")`);
  await press();
  let list = await scores();
  expect("scores rise", [list.every((score, i) => !i || score >= list[i - 1]), await sort()], [true, "ascending"]);
  await press();
  list = await scores();
  expect("scores fall", [list.every((score, i) => !i || score <= list[i - 1]), await sort()], [true, "descending"]);
  await press();
  expect("a third time is by rank", [await rows_shown(browser), await sort()], [before, null]);
};

// ---- links and keys --------------------------------------------------------------------------

const try_links = async (browser, url) => {
  for (const [link, id] of [
    ["#T@pay", "T@pay"], ["#T@admin/hostile_input", "T@admin"], ["#flow-pay", "flow-pay"], ["#el-gateway", "el-gateway"],
    ["#tb-vpc", "tb-vpc"], ["#rows", ""], ["#no-such", ""], ["#%", ""], ["#T%40pay", "T@pay"],
  ]) {
    await browser.go("about:blank");
    await browser.go(url + link);
    expect(`${link} opens`, await open_id(browser), id);
  }
  await browser.go(url);
  await browser.click('#list a[href="#T@pay"]');
  await browser.click(".about.shown h3 a[href='#flow-pay']");
  expect("from a row to its flow", await open_id(browser), "flow-pay");
  expect("the flow is marked in the picture",
    await browser.run(`() => [...document.querySelectorAll(".drawing .chosen")].map((shape) => shape.id)`),
    ["picture-flow-pay"]);
  await browser.run("() => history.back()");
  await settle(browser);
  expect("back is the row again", await open_id(browser), "T@pay");
  await browser.click(".about.shown .close");
  expect("closed", [await open_id(browser), await browser.url()], ["", url]);
  await browser.click("#picture-el-gateway a");
  expect("a click in the picture opens", await open_id(browser), "el-gateway");
  await browser.press(KEYS.escape);
};

const try_keys = async (browser, url) => {
  await browser.go(url);
  await browser.run(`() => document.querySelector(".drawing").focus()`);
  await browser.press(KEYS.tab);
  expect("Tab goes from the picture to its first shape",
    await browser.run(`() => document.activeElement.closest(".drawing g[id]") !== null`));
  await browser.press(KEYS.enter);
  expect("Enter opens it", (await open_id(browser)) !== "");
  expect("its heading has the focus", await browser.run(`() => document.activeElement.localName`), "h3");
  await browser.press(KEYS.escape);
  expect("Escape goes back to the shape",
    [await open_id(browser), await browser.run(`() => document.activeElement.closest(".drawing g[id]") !== null`)], ["", true]);
  await browser.press("/");
  expect("/ goes to the filter", await browser.run(`() => document.activeElement.name`), "text");
  await browser.press("p", "a", "y");
  await browser.run(`() => document.querySelector("#list tbody a").focus()`);
  const rows = await rows_shown(browser);
  await browser.press(KEYS.down, KEYS.down, KEYS.up);
  expect("down, down, up is the second row", await focused(browser), rows[1][0]);
  await browser.press(KEYS.enter);
  expect("Enter opens the row", await open_id(browser), rows[1][0]);
  await browser.press(KEYS.escape);
  expect("Escape goes back to the row", await focused(browser), rows[1][0]);
  await browser.run(`() => document.querySelector("#list th button").focus()`);
  await browser.press(KEYS.enter);
  expect("Enter sorts", (await rows_shown(browser))[0][0] !== rows[0][0]);
};

// ---- the picture -----------------------------------------------------------------------------

const width_of = (browser) =>
  browser.run(`() => Math.round(document.querySelector(".drawing svg").getBoundingClientRect().width)`);

const try_zoom = async (browser, url) => {
  await browser.go(url);
  const fit = await width_of(browser);
  await browser.click(".tools button[aria-label='Zoom in']");
  const larger = await width_of(browser);
  expect("+ is larger", larger > fit * 1.2);
  await browser.click(".tools button[aria-label='Zoom out']");
  expect("and back", Math.abs((await width_of(browser)) - fit) <= 1);
  await browser.run(`() => document.querySelector(".drawing").focus()`);
  await browser.press("+", "+", "+", "+");
  expect("by keys", (await width_of(browser)) > larger);
  const scroll = () => browser.run(`() => [document.querySelector(".drawing").scrollLeft, document.querySelector(".drawing").scrollTop]`);
  const before = await scroll();
  const center = await browser.run(`() => {
    const drawing = document.querySelector(".drawing");
    drawing.scrollIntoView();
    const box = drawing.getBoundingClientRect();
    return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  }`);
  await browser.pointer([
    { type: "pointerMove", x: center[0], y: center[1] }, { type: "pointerDown", button: 0 },
    { type: "pointerMove", x: center[0] - 60, y: center[1] }, { type: "pointerUp", button: 0 }]);
  expect("the mouse drags, and opens nothing", [(await scroll())[0] - before[0], await open_id(browser)], [60, ""]);
  await browser.press("0");
  expect("0 fits", await width_of(browser), fit);
};

// ---- copies ----------------------------------------------------------------------------------

const try_copies = async (browser, url) => {
  await browser.devtools("Browser.grantPermissions", { permissions: ["clipboardReadWrite", "clipboardSanitizedWrite"] });
  await browser.go(`${url}#T@admin/hostile_input`);
  await browser.click(".about.shown .pattern.pending summary");
  const copied = [];
  for (const [i, end] of [[1, "add"], [2, "dismiss"], [3, "state"], [4, "stub"]]) {
    await browser.click(`.about.shown .pattern.pending .copied:nth-of-type(${i}) button`);
    await settle(browser);
    copied.push(await browser.run("() => navigator.clipboard.readText()"));
    expect(`the copy of ${end} is told`, await browser.run(
      `(i) => document.querySelector(".about.shown .pattern.pending .copied:nth-of-type(" + i + ") button").textContent`, i), "Copied");
  }
  expect("commands", copied.slice(0, 3), [
    "stridec triage add payment.dfd T@admin/hostile_input",
    'stridec triage dismiss payment.dfd T@admin/hostile_input --reason "..."',
    "stridec triage state payment.dfd admin validates_input yes"]);
  const env = { ...process.env, PATH: `${build}:${process.env.PATH}` };
  const run = (command) => execFileSync("sh", ["-c", command], { cwd: work, env, stdio: "pipe" }).toString();
  const seeded = run("cp payment.dfd s.dfd && cp payment.triage.dfd s.triage.dfd && stridec triage seed s.dfd T@admin/hostile_input >/dev/null 2>&1; cat s.triage.dfd");
  expect("the stub is that of triage seed", seeded.includes(copied[3]));
  run(`cp payment.dfd c.dfd && cp payment.triage.dfd c.triage.dfd && ${copied[2].replace("payment.dfd", "c.dfd")}`);
  expect("the copied command settles the question", run("stridec threats --tier 2 c.dfd").includes("T@admin"), false);
};

// What the script tells of each question: its texts are those of the rows, its commands those that `next` offers, and
// its stubs those of `triage seed`.
const try_told = async (browser, name) => {
  const url = page_of(name);
  const stridec = (...words) => execFileSync(join(build, "stridec"), words, { cwd: work, maxBuffer: 1 << 27, stdio: "pipe" }).toString();
  const told = new Map();
  await browser.go(url);
  const ids = await browser.run(`() => [...document.querySelectorAll("#questions .about")].map((article) => article.id)`);
  const open_all = `async (ids) => {
    const list = [];
    const text = (node) => {
      const copy = node.cloneNode(true);
      for (const code of copy.querySelectorAll("code")) code.replaceWith("\u0060" + code.textContent + "\u0060");
      return copy.textContent;
    };
    for (const id of ids) {
      location.hash = encodeURI(id);
      await new Promise((go) => addEventListener("hashchange", go, { once: true }));
      await new Promise((go) => setTimeout(go, 60)); /* the browser takes 200 in ten seconds */
      const article = document.querySelector(".about.shown");
      const entry = (pattern, name) => {
        const term = [...pattern.querySelectorAll("dt")].find((dt) => dt.textContent === name);
        return term ? text(term.nextElementSibling) : "";
      };
      for (const pattern of article.querySelectorAll(".pattern"))
        list.push({ id: pattern.id, ask: text(pattern.querySelector("h4")), scenario: entry(pattern, "What may happen"),
          mitigation: entry(pattern, "First step"), ways: [...pattern.querySelectorAll("pre")].map((pre) => pre.textContent) });
      for (const link of article.querySelectorAll(".unasked a[id]"))
        list.push({ id: link.id, ask: link.nextElementSibling.textContent.slice(2) });
      if (article.classList.contains("pending"))
        list.push({ id, ways: [...article.querySelectorAll(":scope > .ways pre")].map((pre) => pre.textContent) });
    }
    return list;
  }`;
  const pages = [];
  for (let i = 0; i < ids.length; i += 40) pages.push(...await browser.run(open_all, ids.slice(i, i + 40)));
  for (const entry of pages) told.set(entry.id, entry);
  const rows = JSON.parse(stridec("threats", "--format", "json", "--all", `${name}.dfd`)).candidates;
  const bare = (text) => text.replaceAll("`", "");
  const wrong = [];
  let count = 0;
  for (const row of rows)
    for (const pattern of row.patterns ?? []) {
      const got = told.get(`${row.id}/${pattern.id}`);
      if (!got) continue;
      count += 1;
      for (const part of ["ask", "scenario", "mitigation"])
        if (got[part] !== undefined && bare(got[part]) !== bare(pattern[part]) && !(pattern[part].includes("{") || /asset/.test(got[part])))
          wrong.push([got.id, part, got[part], pattern[part]]);
    }
  expect(`${name}: questions are told in the words of the rows`, wrong.slice(0, 3), []);
  expect(`${name}: most questions are told`, count > 60);
  const pending = pages.filter((entry) => entry.ways?.length);
  for (const end of ["dfd", "triage.dfd"]) cpSync(`samples/${name}/${name}.${end}`, join(work, `seeded.${end}`));
  stridec("triage", "seed", "seeded.dfd", ...pending.map((entry) => entry.id));
  const seeded = readFileSync(join(work, "seeded.triage.dfd"), "utf8");
  expect(`${name}: stubs are those of triage seed`,
    pending.filter((entry) => !seeded.includes(entry.ways.at(-1))).map((entry) => entry.ways.at(-1)).slice(0, 2), []);
  console.log(`${name}: ${count} questions, ${pending.length} to decide`);
};

// ---- several pictures, links of its own ---------------------------------------------------------

const VIEWS = `
boundary in "Signed in" { kind: identity }
external u "User" { kind: browser; link: "https://user.example/" }
boundary b "Zone" {
  process p "API" { kind: api; link: "https://api.example/" }
  store s "DB" { kind: sql }
}
flow f = u -> p : "ask" { protocol: https; link: "https://flow.example/" }
flow g = p -> s : "save" { carries: [query] }
crossing login "JWT to session" { at: p; into: in; from: jwt; to: session }
view part "A part" { include: [p, s]; about: "Only what we run" }
`;

const try_views = async (browser) => {
  const url = page_of("views", VIEWS);
  await browser.go(url);
  expect("a picture for the model and one for the view",
    await browser.run(`() => [...document.querySelectorAll("figure")].map((figure) => figure.querySelectorAll("svg g[id]").length > 0)`), [true, true]);
  for (const [css, id] of [["#view1-el-p text", "el-p"], ["#picture-crossing-login text", "crossing-login"], ["#picture-flow-f text", "flow-f"],
    ["#picture-el-u text", "el-u"]]) {
    await browser.click(css);
    expect(`${css} opens its description, whatever its link`, [await open_id(browser), await browser.url()], [id, `${url}#${id}`]);
    await browser.press(KEYS.escape);
  }
  await browser.run(`() => document.querySelector(".drawing g.flow a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`);
  expect("half of a flow is the flow", await open_id(browser), "flow-f");
  expect("its link stands there", await browser.run(`() => document.querySelector(".about.shown dd a[href^=https]").href`), "https://flow.example/");
  await try_plain(browser, url);
};

// ---- a picture of several pages ------------------------------------------------------------------

const try_pages = async (browser) => {
  const lines = ['external u "User"'];
  for (let z = 0; z < 6; z++)
    lines.push(`boundary z${z} "Zone ${z}" { kind: network`, ...Array.from({ length: 12 }, (_, i) => `process p${z}_${i} "Service ${z} ${i}"`), "}");
  for (let i = 0; i < 72; i++) {
    const name = (n) => `p${Math.floor((n % 72) / 12)}_${(n % 72) % 12}`;
    lines.push(`flow f${i} = ${name(i)} -> ${name(i + 1)} : "call ${i}" { protocol: https }`, `flow g${i} = ${name(i)} -> ${name(i * 13 + 5)} : "ask ${i}"`);
  }
  lines.push("flow h = u -> p0_0 : \"ask\"");
  const url = page_of("pages", lines.join("\n"), ["--allow", "W0401,W0404,W0407"]);
  const seen = () => browser.run(`() => [...document.querySelectorAll("figure.picture")].filter((figure) => figure.checkVisibility()).map((figure) => figure.id)`);
  await browser.go(url);
  expect("at first the overview", await seen(), [""]);
  await browser.click("figure.whole a[href='#page-z3']");
  await settle(browser);
  expect("what is folded leads to its page", [await seen(), await open_id(browser)], [["page-z3"], ""]);
  expect("which can be zoomed", await browser.run(`() => document.querySelectorAll("#page-z3 .tools button").length`), 4);
  await browser.click("#page-z3 g[id$='-el-p3_4'] a");
  expect("its shapes have descriptions", await open_id(browser), "el-p3_4");
  expect("and the page stays", await seen(), ["page-z3"]);
  await browser.press(KEYS.escape);
  await browser.click("#page-z3 a[href='#picture'] text");
  await settle(browser);
  expect("the line above leads back", await seen(), [""]);
  await browser.go(`${url}#el-p5_2`);
  await browser.click(".about.shown a[href='#page-z5']");
  await settle(browser);
  expect("a description leads to the page that shows more", await seen(), ["page-z5"]);
  await browser.go(`${url}#page-z2`);
  expect("a link from outside", await seen(), ["page-z2"]);
  await try_access(browser, "a page of the picture", "#picture");
  await try_plain(browser, url);
  expect("without the script all pages are there", (await seen()).length >= 7);
};

// ---- many rows -------------------------------------------------------------------------------

const try_many_rows = async (browser) => {
  const lines = [];
  for (let i = 0; i < 300; i++)
    lines.push(`boundary b${i} { process p${i} { kind: api }\n store s${i} { kind: sql } }`, `flow f${i} = p${i} -> s${i} : "save"`,
      `flow g${i} = p${i} -> p${(i + 1) % 300} : "call" { protocol: http }`);
  const url = page_of("many", lines.join("\n"), ["--layout", "none"]);
  await browser.go(url);
  const took = await browser.run(`async () => {
    const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
    const time = async (act) => {
      const start = performance.now();
      act();
      await frame();
      return performance.now() - start;
    };
    const form = document.querySelector("#filter"), box = document.querySelector(".rows");
    const set = (name, value) => () => {
      form.elements[name].value = value;
      form.dispatchEvent(new Event("input"));
    };
    const times = [await time(set("state", "any"))];
    const rows = document.querySelectorAll("#list tbody tr").length;
    times.push(await time(set("text", "p1")), await time(set("text", "")), await time(() => document.querySelector("#list th button").click()));
    box.scrollIntoView();
    const frames = [];
    for (let i = 0; i < 60; i++) frames.push(await time(() => (box.scrollTop += 500)));
    frames.sort((a, b) => a - b);
    return { rows, slowest: Math.max(...times), frame: frames[30], moved: box.scrollTop };
  }`);
  console.log(`${took.rows} rows: a filter or an order takes ${Math.round(took.slowest)} ms at most, a scrolled frame ${Math.round(took.frame)} ms`);
  expect("there are many rows, and none takes long", [took.rows >= 5000, took.slowest < 1500, took.frame < 50, took.moved > 20000], [true, true, true, true]);
};

// A method of one letter, so that there are as many rows as flows: more than a page has.
const try_very_many_rows = async (browser) => {
  writeFileSync(join(work, "one.dfd"), `method m "One" { letter A "Abuse" { impact: [integrity] }
    applies flow { always: [A] }
    tier all { tier: 1; when ( in_scope ) }
  }`);
  const lines = ["process a", "process b", ...Array.from({ length: 20100 }, (_, i) => `flow f${i} = a -> b`)];
  const url = page_of("very_many", lines.join("\n"), ["--layout", "none", "--rules", join(work, "one.dfd")]);
  await browser.go(`${url}#A@f7`);
  expect("a row of a very large page opens", await open_id(browser), "A@f7");
  const last = await browser.run(`() => [...document.querySelectorAll("#questions .about")].at(-1).id`);
  const absent = await browser.run(`() => {
    for (let i = 0; ; i++) if (!document.getElementById("A@f" + i)) return "A@f" + i;
  }`);
  await browser.go("about:blank");
  await browser.go(`${url}#${absent}`);
  expect("a link to a row that is left out says how to get it", [await open_id(browser), await focused(browser)].map((text) => text.slice(0, 40)),
    ["", "The page has the first 20000 of 20102 ro"]);
  await browser.go("about:blank");
  await browser.go(`${url}#${last}`);
  expect("the last row that it has opens", await open_id(browser), last);
};

// ---- texts of others -------------------------------------------------------------------------

const HOSTILE = [
  "<script>hacked=1</script>", "</script><script>hacked=1</script>", "</style><script>hacked=1</script>",
  "<img src=x onerror=hacked=1>", '"><img src=x onerror=hacked=1>', "' onmouseover='hacked=1", '" onfocus="hacked=1" autofocus="',
  "<svg onload=hacked=1>", "<iframe srcdoc='<script>parent.hacked=1</script>'>", "]]><script>hacked=1</script>", "<!-- <script>hacked=1</script>",
  "--><script>hacked=1</script>", "&lt;script&gt;hacked=1", "&#60;script>hacked=1</script>", "javascript:hacked=1",
  "`<b onclick=hacked=1>`", "</title><script>hacked=1</script>", "</svg><script>hacked=1</script>", "<base href=//x.example>",
  "<form action=//x.example><button>", "<meta http-equiv=refresh content=0;url=//x.example>", "<a href=javascript:hacked=1>x</a>",
  "<style>*{display:none}</style>", "@import url(//x.example)", "\\u003cscript>hacked=1", "${hacked=1}", "{{hacked=1}}", "</article></main>",
  "https://x.example/\"onmouseover=\"hacked=1", "https://x.example/'><script>hacked=1</script>", "HTTPS:javascript:hacked=1",
];
const quoted = (text) => JSON.stringify(text);
const hostile_model = () => {
  let next = 0;
  const text = () => quoted(HOSTILE[next++ % HOSTILE.length]);
  const parts = [`model m ${text()} { owner: ${text()}; authors: [${text()}]; about: ${text()} }`];
  for (let i = 0; i < HOSTILE.length; i++)
    parts.push(`asset d${i} ${text()} { confidentiality: high; about: ${text()} }`,
      `external u${i} ${text()} { about: ${text()}; link: ${text()} }`,
      `boundary b${i} ${text()} { about: ${text()}\n process p${i} ${text()} { kind: api; errors: verbose; about: ${text()}; link: ${text()}
        evidence { errors: ${text()} } } }`,
      `flow f${i} = u${i} -> p${i} : ${text()} { data: [d${i}]; about: ${text()}; link: ${text()}; accepts: ${text()} }`);
  return parts.join("\n");
};
const hostile_decisions = HOSTILE.map((text, i) =>
  `threat T-${i} ${quoted(text)} { candidate: I@p${i}/error_details; scenario: ${quoted(text)}; because: ${quoted(text)}; owner: ${quoted(text)}; likelihood: 4; impact: 4; residual: [1, 2] }
   mitigation m${i} ${quoted(text)} { for: [T-${i}]; state: partial; note: ${quoted(text)}; owner: ${quoted(text)}; ticket: ${quoted(text)} }`).join("\n");

const try_hostile_texts = async (browser) => {
  writeFileSync(join(work, "hostile.triage.dfd"), hostile_decisions);
  const url = page_of("hostile", hostile_model());
  const html = readFileSync(join(work, "hostile.html"), "utf8");
  writeFileSync(join(work, "bare.html"), html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""));
  for (const address of [url, `file://${work}/bare.html`]) {
    await browser.complaints();
    await browser.go(address);
    const found = await browser.run(`async () => {
      for (const link of document.querySelectorAll("a[href], button, summary")) {
        const href = link.getAttribute("href") || "#";
        if (href.startsWith("#")) link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        for (const type of ["mouseover", "focus"]) link.dispatchEvent(new Event(type, { bubbles: true }));
      }
      await new Promise((go) => setTimeout(go, 200));
      const count = (css) => document.querySelectorAll(css).length;
      const handlers = [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some(({ name }) => name.startsWith("on"))).length;
      const links = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))
        .filter((href) => !/^(#.*|https:\\/\\/[\\w.-]+\\/[\\w.\\/%=-]*)$/.test(href));
      return { hacked: typeof hacked, handlers, links, followed: count("a[href^='https://x.example/']") > 0, scripts: count("script"), styles: count("style"), foreign: count("img, iframe, object, embed, base, link"),
        forms: count("form"), articles: count("article") > 100, requests: performance.getEntriesByType("resource").length };
    }`);
    expect(`hostile texts in ${address.replace(/.*\//, "")}`, found, { hacked: "undefined", handlers: 0, links: [], followed: true, scripts: 1,
      styles: 1, foreign: 0, forms: 1, articles: true, requests: 0 });
    expect("nothing is complained of", await browser.complaints(), []);
  }
};

// ---- what a reader without the script, and a screen reader, has --------------------------------

const try_plain = async (browser, url) => {
  const html = readFileSync(url.slice(7), "utf8");
  writeFileSync(join(work, "plain.html"), html.replace(/<script>[^]*<\/script>/, ""));
  await browser.go(`file://${work}/plain.html`);
  const seen = await browser.run(`() => {
    const is_seen = (css) => [...document.querySelectorAll(css)].every((element) => element.checkVisibility());
    return { rows: document.querySelectorAll("#questions .about").length > 5 && is_seen("#questions .about"), abouts: is_seen(".about"),
      picture: is_seen(".drawing svg"), table: is_seen("#list"), filter: is_seen("#filter"), way: is_seen("#rows a[href='#questions']") };
  }`);
  expect("without its script all is seen but the filter and the table that it makes", seen,
    { rows: true, abouts: true, picture: true, table: false, filter: false, way: true });
  const twice = await browser.run(`() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const links = [...document.querySelectorAll("a[href^='#']")].map((link) => decodeURIComponent(link.getAttribute("href").slice(1)));
    return { twice: ids.filter((id, i) => ids.indexOf(id) !== i), dead: [...new Set(links.filter((id) => !ids.includes(id)))] };
  }`);
  expect("ids are there once, and links lead somewhere", twice, { twice: [], dead: [] });
};

// ---- all of it -------------------------------------------------------------------------------

const main = async () => {
  const url = page_of("payment");
  const browser = await Browser.open();
  try {
    await browser.go(url);
    expect("its script runs, and nothing is refused", [await browser.run(`() => document.documentElement.className`), await browser.complaints()], ["js", []]);
    await try_filter(browser);
    await try_order(browser);
    await try_links(browser, url);
    await try_keys(browser, url);
    await try_zoom(browser, url);
    await try_copies(browser, url);
    for (const name of ["payment", "file-upload", "stridec"]) await try_told(browser, name);
    await try_views(browser);
    await try_pages(browser);
    await try_many_rows(browser);
    await try_very_many_rows(browser);
    await try_hostile_texts(browser);
    await try_plain(browser, url);
    for (const name of ["payment", "file-upload", "stridec"]) {
      const page = page_of(name);
      expect(`${name}: under a megabyte`, readFileSync(page.slice(7)).length < 1 << 20);
      await try_plain(browser, page);
    }
    for (const width of [1280, 400])
      for (const value of ["light", "dark"]) {
        await browser.resize(width, 900);
        await browser.devtools("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
        await browser.go(`${url}#T@admin`);
        await try_access(browser, `${width} pixels, ${value}`);
        expect(`${width} pixels are wide enough`, await browser.run("() => document.documentElement.scrollWidth <= innerWidth"));
      }
    expect("it prints", (await browser.print()).subarray(0, 5).toString(), "%PDF-");
    expect("nothing was complained of", await browser.complaints(), []);
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
};

await main();
end_with_counts();
