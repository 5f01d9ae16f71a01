/* Runs in the page that `stridec watch` serves, after the report's own script: hears of a newer page
 * and loads it, with what was seen as it was, and shows what is wrong with the model meanwhile. It
 * makes texts of what it hears, never markup. */
"use strict";
(() => {
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const number = find("meta[name=number]").content;

  /* ---- what is seen ---------------------------------------------------------------------- */

  const KEY = "stridec-watch";
  const place = (box) => box && [box.scrollLeft, box.scrollTop];
  const put = (box, at) => box && at && box.scrollTo(at[0], at[1]);
  const svg_of = (drawing) => find("svg", drawing);

  const seen = () => {
    const form = find("#filter"), focus = document.activeElement;
    const heads = all("#list thead th");
    return {
      window: [scrollX, scrollY],
      filter: form && Object.fromEntries(new FormData(form)),
      sorted: heads.findIndex((head) => head.hasAttribute("aria-sort")),
      down: heads.some((head) => head.getAttribute("aria-sort") === "descending"),
      rows: place(find(".rows")),
      pictures: all(".drawing").map((drawing) => ({
        width: svg_of(drawing).style.width, most: svg_of(drawing).style.maxWidth, at: place(drawing),
      })),
      folds: all("details").flatMap((fold, index) => (fold.open ? [index] : [])),
      about: place(find(".about.shown")),
      focus: form && form.contains(focus) ? focus.name : "",
    };
  };

  const restore_form = (was) => {
    const form = find("#filter");
    if (!form || !was.filter) return;
    for (const [name, value] of Object.entries(was.filter)) {
      const field = form.elements[name];
      if (!field) continue;
      field.value = value;
      if (field.selectedIndex === -1) field.selectedIndex = 0; /* what it named is gone */
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const head = all("#list thead th")[was.sorted];
    for (let i = 0; head && i < (was.down ? 2 : 1); i++) find("button", head).click();
    if (was.focus && form.elements[was.focus]) form.elements[was.focus].focus({ preventScroll: true });
  };

  const restore_places = (was) => {
    const folds = all("details"), drawings = all(".drawing");
    if (folds.length) for (const index of was.folds) if (folds[index]) folds[index].open = true;
    was.pictures.forEach((picture, index) => {
      const svg = drawings[index] && svg_of(drawings[index]);
      if (!svg) return;
      svg.style.maxWidth = picture.most;
      svg.style.width = picture.width;
      put(drawings[index], picture.at);
    });
    put(find(".rows"), was.rows);
    put(find(".about.shown"), was.about);
    scrollTo(was.window[0], was.window[1]);
  };

  const restore = () => {
    const kept = sessionStorage.getItem(KEY);
    if (!kept) return;
    sessionStorage.removeItem(KEY);
    const was = JSON.parse(kept);
    restore_form(was);
    restore_places(was);
    addEventListener("load", () => restore_places(was)); /* the browser scrolls to the fragment */
  };

  let is_reloading = false;
  const reload = () => {
    if (is_reloading) return;
    is_reloading = true;
    if (find("#list")) sessionStorage.setItem(KEY, JSON.stringify(seen()));
    location.reload();
  };

  /* ---- what is wrong --------------------------------------------------------------------- */

  /* The policy of the page takes no style but its own; what a script sets is none. */
  const make = (name, style, attributes = {}) => {
    const element = document.createElement(name);
    Object.assign(element.style, style);
    for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
    return element;
  };
  const panel = make("section", {
    position: "fixed", left: "0", right: "0", bottom: "0", zIndex: "9", maxHeight: "50vh",
    overflow: "auto", padding: "0.6rem 1.5rem 0.8rem", background: "var(--paper, Canvas)",
    color: "var(--ink, CanvasText)", borderTop: "4px solid var(--red, #9b1c1c)",
    boxShadow: "0 0 24px var(--shadow, gray)",
  }, { id: "problems", role: "alert", "aria-label": "Problems" });
  const heading = make("strong", { display: "block" });
  const text = make("pre", { margin: "0.4rem 0 0", whiteSpace: "pre" }, { tabindex: "0" });
  panel.append(heading, text);
  panel.hidden = true;

  let problems = "", is_cut = false;
  const show = () => {
    panel.hidden = !problems && !is_cut;
    heading.textContent = problems
      ? (find("#list") ? "This report may be older than the model, which has problems:" : "No report can be made:")
      : "stridec watch does not answer any more. This is its last report.";
    text.textContent = problems;
    text.hidden = !problems;
    document.body.style.paddingBottom = panel.hidden ? "" : `${panel.offsetHeight}px`;
  };

  /* ---- the stream ------------------------------------------------------------------------ */

  const AGAIN = 2000; /* milliseconds until it is tried anew */
  let stream = null;

  const listen = () => {
    if (stream) return;
    stream = new EventSource("events");
    stream.addEventListener("open", () => ((is_cut = false), show()));
    stream.addEventListener("number", (event) => event.data === number || reload());
    stream.addEventListener("problems", (event) => ((problems = event.data), show()));
    stream.addEventListener("error", () => {
      is_cut = !document.hidden;
      show();
      if (stream && stream.readyState === EventSource.CLOSED) stop(), setTimeout(follow, AGAIN);
    });
  };
  const stop = () => {
    if (stream) stream.close();
    stream = null;
  };
  /* A browser opens six connections to one place; pages that nobody sees need none. */
  const follow = () => (document.hidden ? stop() : listen());

  /* After the report's own script, which makes what was seen. */
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(panel);
    if (find("#list")) restore();
    else Object.assign(document.body.style, { font: "16px/1.5 system-ui, sans-serif", margin: "1.5rem" });
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", stop);
    addEventListener("pageshow", follow);
    follow();
  });
})();
