// A browser that is driven by WebDriver (W3C, https://www.w3.org/TR/webdriver2/): Debian's chromium by its
// chromedriver, over plain HTTP. Used by the tests of the report and by the script of its pictures.
// SPDX-License-Identifier: MIT
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // the key of an element in the protocol
export const KEYS = {
  enter: "\uE007", tab: "\uE004", escape: "\uE00C", up: "\uE013", down: "\uE015", right: "\uE014",
};

export const is_there = (program) =>
  spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;

// The port that the driver has chosen stands in what it prints.
const start_driver = () =>
  new Promise((resolve, reject) => {
    const driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    driver.stdout.on("data", (data) => {
      said += data;
      const port = /started successfully on port (\d+)/.exec(said);
      if (port) resolve({ driver, base: `http://127.0.0.1:${port[1]}` });
    });
    driver.on("error", reject);
    driver.on("exit", () => reject(new Error(`chromedriver has ended: ${said}`)));
  });

const call = async (url, method, body) => {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message.split("\n")[0]}`);
  return value;
};

export class Browser {
  // `dark`: with a dark scheme of the system.
  static async open({ width = 1280, height = 900, dark = false } = {}) {
    const { driver, base } = await start_driver();
    const profile = mkdtempSync(join(tmpdir(), "stridec-browser-"));
    const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
      "--force-device-scale-factor=1", `--user-data-dir=${profile}`];
    const capabilities = { alwaysMatch: {
      "goog:chromeOptions": { args }, "goog:loggingPrefs": { browser: "ALL" } } };
    const { sessionId } = await call(`${base}/session`, "POST", { capabilities });
    const browser = new Browser();
    Object.assign(browser, { driver, profile, at: `${base}/session/${sessionId}` });
    await browser.resize(width, height);
    if (dark)
      await browser.devtools("Emulation.setEmulatedMedia",
        { features: [{ name: "prefers-color-scheme", value: "dark" }] });
    return browser;
  }

  async close() {
    await call(this.at, "DELETE").catch(() => {});
    this.driver.removeAllListeners("exit");
    this.driver.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  devtools(cmd, params) {
    return call(`${this.at}/goog/cdp/execute`, "POST", { cmd, params });
  }
  // The size of what is seen of the page, however narrow.
  resize(width, height) {
    return this.devtools("Emulation.setDeviceMetricsOverride",
      { width, height, deviceScaleFactor: 1, mobile: false });
  }
  go(url) {
    return call(`${this.at}/url`, "POST", { url });
  }
  url() {
    return call(`${this.at}/url`, "GET");
  }
  // Runs a function in the page; what it returns comes back.
  run(script, ...args) {
    return call(`${this.at}/execute/async`, "POST", {
      script: `const done = arguments[arguments.length - 1];
        Promise.resolve((${script})(...[...arguments].slice(0, -1))).then(done,
          (error) => done({ failed: String(error) }));`,
      args,
    });
  }
  async find(css) {
    return (await call(`${this.at}/element`, "POST", { using: "css selector", value: css }))[ELEMENT];
  }
  // In the middle of what is seen, where nothing that stays in sight covers it.
  async click(css) {
    await this.run(`(css) => document.querySelector(css).scrollIntoView({ block: "center" })`, css);
    await call(`${this.at}/element/${await this.find(css)}/click`, "POST", {});
  }
  async type(css, text) {
    await call(`${this.at}/element/${await this.find(css)}/value`, "POST", { text });
  }
  // Keys go to what has the focus.
  press(...keys) {
    const actions = keys.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    return call(`${this.at}/actions`, "POST", { actions: [{ type: "key", id: "keys", actions }] });
  }
  pointer(actions) {
    return call(`${this.at}/actions`, "POST", { actions: [
      { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
  }
  async screenshot() {
    return Buffer.from(await call(`${this.at}/screenshot`, "GET"), "base64");
  }
  async print() {
    const page = { width: 21, height: 29.7 }; // A4, in centimetres
    return Buffer.from(await call(`${this.at}/print`, "POST", { page, background: false }), "base64");
  }
  // What the page has complained of since the last call: errors of its script, refusals of its policy.
  async complaints() {
    const list = await call(`${this.at}/se/log`, "POST", { type: "browser" });
    return list.filter(({ level }) => level === "SEVERE").map(({ message }) => message);
  }
}

// `stridec watch` of a file in a folder: the address that it has printed, and end(), which sends Ctrl-C and returns the
// exit code.
export const start_watch = (program, cwd, ...words) =>
  new Promise((resolve, reject) => {
    const watch = spawn(program, ["watch", ...words], { cwd, stdio: ["ignore", "pipe", "ignore"] });
    const ended = new Promise((go) => watch.on("exit", go));
    let said = "";
    watch.stdout.on("data", (data) => {
      said += data;
      const url = /^(http:\S+)\n/.exec(said);
      if (url) resolve({ url: url[1], end: () => (watch.kill("SIGINT"), ended) });
    });
    watch.on("error", reject);
    ended.then(() => reject(new Error(`watch has ended: ${said}`)));
  });
