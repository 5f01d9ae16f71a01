/* The report's script: makes a table of the rows, filters and sorts it, shows the description that a link leads to at the
 * side, with what its rule says and the commands that decide it, zooms pictures, copies commands. All
 * that it shows is in the page without it, once: a row of the table is what its description says. It reads texts and never makes markup of them, and keeps
 * and sends nothing. */
"use strict";
(() => {
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  /* An element with text and attributes. */
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
    return element;
  };

  /* The id that a fragment names; "" where it is none. */
  const decoded = (hash) => {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  };
  /* Of a shape: those of the second picture differ from those of the first. */
  const withoutPrefix = (id) => id.replace(/^(picture|view\d+|page\d+)-/, "");

  const rowsById = new Map();
  /* What a description says under a name. */
  const entry = (dl, name) =>
    all("dt", dl).find((term) => term.textContent === name)?.nextElementSibling;

  /* ---- rows ------------------------------------------------------------------------------ */

  const PART = 50; /* rows that are laid out together */
  const ROW_HEIGHT = 52; /* about, in pixels: for parts that were never seen */

  /* Its own, or those that a flow or crossing names. */
  const elementsOf = (article) =>
    (article.dataset.elements ?? article.id.slice(article.id.indexOf("@") + 1)).split(" ");

  /* Its first question, or what else it says in place of one. */
  const questionOf = (article, dl) => {
    const said = find(".first h4", article) ?? entry(dl, "Asked");
    if (said) return said;
    const elsewhere = entry(dl, "Asked at"), heading = find("h3", article), title = find("a", heading).textContent;
    const letter = heading.textContent.slice(article.id.length, -" of ".length - title.length).trim();
    return make("span", elsewhere ? `Asked at ${elsewhere.textContent}` : `${letter}: ${title}`);
  };

  /* What the table says of a row: the texts of its cells, and where they stand in its description. */
  const readRow = (article, rank) => {
    const dl = find("dl", article), id = article.id;
    const [state, tier, score] = entry(dl, "State").textContent.split(/, (?:tier|score) /);
    const points = score ?? / = (\d+)/.exec(entry(dl, "Suggested").textContent)[1];
    const question = questionOf(article, dl), decided = find(".decided", dl), owners = find(".owners", dl);
    const title = find("h3 a", article)?.textContent ?? "";
    const cells = [id, tier, id.slice(0, id.indexOf("@")), state, points, title, question.textContent,
      decided?.textContent ?? "", owners?.textContent ?? ""];
    return {
      rank, cells, question, decided, id, tier, letter: cells[2], owner: cells[8], state: state.replaceAll(" ", "_"),
      elements: elementsOf(article), text: cells.join("\n").toLowerCase(), element: null,
    };
  };

  /* Their display is not that of a table, which some browsers take for their meaning too. */
  const giveRoles = (table) => {
    table.setAttribute("role", "table");
    table.tHead.setAttribute("role", "rowgroup");
    table.tHead.rows[0].setAttribute("role", "row");
    for (const cell of table.tHead.rows[0].cells) cell.setAttribute("role", "columnheader");
  };
  /* Copies of what a description says in more than words. */
  const copyOf = (node) => [...node.cloneNode(true).childNodes];

  /* Made when it is first shown. */
  const elementOf = (row) => {
    if (row.element) return row.element;
    row.element = make("tr", "", { role: "row" });
    for (const text of row.cells) row.element.append(make("td", text, { role: "cell" }));
    const { cells } = row.element;
    cells[0].replaceChildren(make("a", row.id, { href: `#${encodeURI(row.id)}` }));
    if (row.state === "open") cells[3].replaceChildren(make("strong", row.cells[3]));
    cells[6].replaceChildren(...copyOf(row.question));
    if (row.decided) cells[7].replaceChildren(...copyOf(row.decided));
    return row.element;
  };

  const setUpRows = () => {
    const table = find("#list"), form = find("#filter");
    const words = new Intl.Collator("en", { numeric: true });
    const rows = all("#questions .about").map(readRow);
    for (const row of rows) rowsById.set(row.id, row);
    let column = -1, way = 1; /* the order; -1: by rank */
    giveRoles(table);

    const offer = (select, values) => {
      const sorted = [...new Set(values)].filter(Boolean).sort(words.compare);
      for (const value of sorted) select.append(make("option", value, { value }));
      select.parentElement.hidden = sorted.length === 0;
    };
    offer(form.elements.element, rows.flatMap((row) => row.elements));
    offer(form.elements.owner, rows.map((row) => row.owner));

    const fits = (row, wanted, texts) =>
      (!wanted.tier || row.tier === wanted.tier) &&
      (!wanted.letter || row.letter === wanted.letter) &&
      (wanted.state === "any" || (wanted.state
        ? row.state === wanted.state
        : row.state !== "not_applicable" && row.state !== "out_of_scope")) &&
      (!wanted.element || row.elements.includes(wanted.element)) &&
      (!wanted.owner || row.owner === wanted.owner) &&
      texts.every((text) => row.text.includes(text));

    const compare = (a, b) => {
      const numeric = table.tHead.rows[0].cells[column].dataset.sort === "number";
      const left = a.cells[column], right = b.cells[column];
      const order = numeric ? left - right : words.compare(left, right);
      return order * way || a.rank - b.rank;
    };

    const arrange = () => {
      const wanted = Object.fromEntries(new FormData(form));
      const texts = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
      const shown = rows.filter((row) => fits(row, wanted, texts));
      if (column >= 0) shown.sort(compare);
      for (const body of [...table.tBodies]) body.remove();
      for (let start = 0; start < shown.length; start += PART) {
        const part = shown.slice(start, start + PART);
        const body = make("tbody", "", { role: "rowgroup" });
        body.style.containIntrinsicSize = `auto ${part.length * ROW_HEIGHT}px`;
        body.append(...part.map(elementOf));
        table.append(body);
      }
      find("#shown").textContent = `${shown.length} of ${rows.length} shown`;
      find("#none").hidden = shown.length > 0;
    };

    const sortBy = (index) => {
      if (column !== index) [column, way] = [index, 1];
      else if (way === 1) way = -1;
      else column = -1;
      [...table.tHead.rows[0].cells].forEach((cell, i) => {
        if (i === column) cell.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
        else cell.removeAttribute("aria-sort");
      });
      arrange();
    };

    [...table.tHead.rows[0].cells].forEach((cell, index) => {
      const button = make("button", cell.textContent, { type: "button" });
      button.addEventListener("click", () => sortBy(index));
      cell.replaceChildren(button);
    });
    form.addEventListener("input", arrange);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(arrange));

    /* Up and down go from row to row. */
    table.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const row = event.target.closest("tbody tr");
      if (!step || !row) return;
      const list = all("tbody tr", table);
      const next = list[list.indexOf(row) + step];
      if (!next) return;
      event.preventDefault();
      find("a", next).focus();
    });
    arrange();
  };

  /* ---- questions ------------------------------------------------------------------------- */

  /* The title of what has this id, as it is described. */
  const titleOf = (id) => {
    const shape = ["el", "flow", "crossing"].map((kind) => document.getElementById(`${kind}-${id}`))
      .find((found) => found);
    return shape ? find("h3", shape).firstChild.textContent.trim() : id;
  };
  /* What the names of places in a rule stand for at a subject, a flow, or a crossing. */
  const spotOf = (id) => {
    const flow = document.getElementById(`flow-${id}`), crossing = document.getElementById(`crossing-${id}`);
    const stated = (article, name) => article && entry(find("dl", article), name);
    const titled = (article, name) => {
      const link = find("a", stated(article, name) ?? document.createElement("i"));
      return link && titleOf(link.textContent);
    };
    return {
      subject: titleOf(id), flow: titleOf(id), source: titled(flow, "From"), target: titled(flow, "To"),
      at: titled(crossing, "At"), from: stated(crossing, "from")?.textContent,
      to: stated(crossing, "to")?.textContent,
    };
  };
  const filled = (node, spot) => {
    const copy = node.cloneNode(true);
    for (const name of all("var", copy))
      if (spot[name.textContent]) name.replaceWith(spot[name.textContent]);
    return copy;
  };

  /* "T@web/replay/ask" is about the flow ask, "T@ask/replay" about ask itself. */
  const subjectOf = (key) => {
    const [row, , flow] = key.split("/");
    return flow || row.slice(row.indexOf("@") + 1);
  };
  const ruleOf = (element) => {
    const link = element.matches("a") ? element : find("a[href^='#rule-']", element);
    return link && document.getElementById(decoded(link.hash));
  };

  /* What a question has in common with others of its rule, in words about what it is asked of. */
  const tellRule = (pattern) => {
    const rule = ruleOf(pattern), dl = find("dl", pattern);
    if (!rule || !dl) return;
    const spot = spotOf(subjectOf(pattern.id));
    let after = entry(dl, "Question");
    for (const term of all("dt", find("dl", rule)).slice(1)) {
      const told = [make("dt", term.textContent, { class: "made" }), filled(term.nextElementSibling, spot)];
      told[1].classList.add("made");
      if (/^(What|First)/.test(term.textContent)) after.after(...told), (after = told[1]);
      else dl.append(...told);
    }
  };
  /* The question of one that is not asked. */
  const tellUnasked = (link) => {
    const rule = ruleOf(link), ask = rule && entry(find("dl", rule), "Question");
    if (!ask) return;
    const text = filled(ask, spotOf(subjectOf(link.id))).textContent;
    link.before(make("br", "", { class: "made" }));
    link.after(make("span", `: ${text}`, { class: "made" }));
  };

  /* ---- what decides ---------------------------------------------------------------------- */

  /* A word as a shell takes it. */
  const quoted = (word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  const modelPath = () => {
    const name = document.documentElement.dataset.stridecModel || "MODEL.dfd";
    return quoted(/^-./.test(name) ? `./${name}` : name);
  };
  const command = (verb, ...words) =>
    ["stridec triage", verb, modelPath(), ...words.map(quoted)].join(" ");

  /* The facts of an entry: `auth: jwt`, or `signed: yes` of pay. */
  const commandsOf = (dd) => {
    const commands = [];
    let facts = [];
    for (const part of dd.children) {
      if (part.localName === "code") {
        facts.push(part.textContent.split(": "));
        continue;
      }
      for (const [name, value] of facts)
        if (value) commands.push(command("state", part.textContent, name, value));
      facts = [];
    }
    return commands;
  };
  /* As it stands in the model: code between backticks. */
  const sourceOf = (node) => {
    const copy = node.cloneNode(true);
    for (const code of all("code", copy)) code.replaceWith(`\`${code.textContent}\``);
    return copy.textContent;
  };

  const STUB_WIDTH = 94;
  const wrapped = (text) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const line = lines.at(-1), joined = line ? `${line} ${word}` : word;
      if (line && [...joined].length > STUB_WIDTH) lines.push(word);
      else lines[lines.length - 1] = joined;
    }
    return lines;
  };
  /* As `triage seed` writes it. */
  const stubOf = (id, urgency, texts) => {
    const [, likelihood, impact] = /likelihood (\d) . impact (\d)/.exec(urgency);
    return [`# todo ${id}: ${urgency.replace("\u00d7", "x")}`,
      ...texts.flatMap(wrapped).map((line) => `#   ${line}`),
      `#   threat ID "TITLE" { candidate: ${id}; likelihood: ${likelihood}; impact: ${impact} }`,
      `#   dismiss ${id} { code: not_plausible; reason: "WHY" }`].join("\n");
  };

  const copied = (text, label) => {
    const pre = make("pre", "", { class: "copy", tabindex: "0", "aria-label": label });
    pre.append(make("code", text));
    return pre;
  };
  /* Commands and a stub that decide what is pending: a question, or a row as such. */
  const waysOf = (id, dl, stub) => {
    const before = find(".before", dl), alone = find(".alone", dl);
    const commands = before ? [command("confirm", find("code", before)?.textContent ?? id)] : [];
    commands.push(command("add", id), `${command("dismiss", id)} --reason "..."`);
    if (alone) commands.push(...commandsOf(alone));
    const groups = all(".part", dl).map(commandsOf).filter((group) => group.length);
    const fold = make("details", "", { class: "ways made" });
    const say = (text) => fold.append(make("p", text));
    const show = (list) => fold.append(...list.map((text) => copied(text, "Command")));
    fold.append(make("summary", "Decide it"));
    say("One of these commands, run where this page is:");
    show(commands);
    groups.forEach((group, i) => {
      say(i ? "And one of these:" : "Or these together, one of each group:");
      show(group);
    });
    say("Or this stub for the file of decisions; take away the # of the line that holds, and fill it in:");
    fold.append(copied(stub, "Stub"));
    return fold;
  };

  const offerWays = (article) => {
    const dl = find("dl", article), why = entry(dl, "Why");
    for (const pattern of all(".pattern.pending", article)) {
      const urgency = find(".urgency", pattern).textContent;
      const texts = [sourceOf(find("h4", pattern)), sourceOf(why)];
      pattern.append(waysOf(pattern.id, find("dl", pattern), stubOf(pattern.id, urgency, texts)));
    }
    if (!article.classList.contains("pending")) return;
    const tier = /tier \d/.exec(entry(dl, "State").textContent)[0];
    const [score] = entry(dl, "Suggested").textContent.split(";");
    const texts = [sourceOf(questionOf(article, dl)), sourceOf(why)];
    article.append(waysOf(article.id, dl, stubOf(article.id, `${tier}, ${score}`, texts)));
  };

  /* All that the page says once for many is told here too. */
  const complete = (article) => {
    for (const pattern of all(".pattern", article)) tellRule(pattern);
    for (const link of all(".unasked a[id]", article)) tellUnasked(link);
    offerWays(article);
    const button = make("button", "Close", { type: "button", class: "close made" });
    button.addEventListener("click", close);
    article.prepend(button);
    for (const pre of all("pre.copy", article)) setUpCopying(pre);
  };

  /* ---- descriptions ---------------------------------------------------------------------- */

  let opener = null; /* what the reader came from */
  let chosenRow = null; /* of the table, which may not show it */

  /* Marks its row, and what it is about in the pictures: itself, or the subject of a row. */
  const choose = (article) => {
    for (const element of [...all(".chosen"), ...(chosenRow ? [chosenRow] : [])])
      element.classList.remove("chosen");
    chosenRow = null;
    if (!article) return;
    const row = rowsById.get(article.id);
    if (row) (chosenRow = elementOf(row)).classList.add("chosen");
    const subject = find("h3 a[href^='#']", article);
    const id = row && subject ? decoded(subject.hash) : article.id;
    for (const shape of all(".drawing g[id]"))
      if (withoutPrefix(shape.id) === id) shape.classList.add("chosen");
  };

  const hide = () => {
    const shown = find(".about.shown");
    if (shown) {
      shown.classList.remove("shown");
      for (const made of all(".made", shown)) made.remove();
    }
    choose(null);
    return shown;
  };

  const close = () => {
    if (!hide()) return;
    history.pushState(null, "", location.pathname + location.search);
    if (opener && opener.isConnected) opener.focus();
  };

  /* Where a link leads to what a very large page does not have, the reader hears how to get it. */
  const tellLeftOut = () => {
    const told = find("#left-out");
    if (!told) return;
    told.focus({ preventScroll: true });
    told.scrollIntoView({ block: "start" });
  };

  const open = () => {
    const id = decoded(location.hash);
    const target = id ? document.getElementById(id) : null;
    const article = target && target.closest(".about");
    hide();
    if (id && !target) tellLeftOut();
    if (!article) return;
    complete(article);
    article.classList.add("shown");
    choose(article);
    const heading = target.matches("a") ? target : find(target === article ? "h3" : "h4", target);
    if (heading.localName !== "a") heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };

  const setUpDescriptions = () => {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && !link.closest(".about")) opener = link;
    }, true);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key === "Escape") close();
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      find("#filter").elements.text.focus();
    });
    addEventListener("hashchange", open);
    open();
  };

  /* ---- pictures -------------------------------------------------------------------------- */

  const ZOOM = 1.25, LARGEST = 16; /* times its own size */

  const setUpPicture = (figure) => {
    if (find(".tools", figure)) return;
    const drawing = find(".drawing", figure), svg = find("svg", drawing);
    const own = svg.width.baseVal.value, ownHeight = svg.height.baseVal.value;

    /* The point at (x, y) of the window stays where it is. */
    const zoomTo = (width, x, y) => {
      const frame = drawing.getBoundingClientRect(), before = svg.getBoundingClientRect();
      const across = ((x ?? frame.left + frame.width / 2) - before.left) / before.width;
      const down = ((y ?? frame.top + frame.height / 2) - before.top) / before.height;
      svg.style.maxWidth = "none";
      svg.style.width = `${Math.min(Math.max(width, 100), own * LARGEST)}px`;
      const after = svg.getBoundingClientRect();
      drawing.scrollLeft += across * (after.width - before.width) + after.left - before.left;
      drawing.scrollTop += down * (after.height - before.height) + after.top - before.top;
    };
    const zoomBy = (factor, x, y) => zoomTo(svg.getBoundingClientRect().width * factor, x, y);
    /* All of it at once; at first a tall picture is as wide as the page. */
    const fit = () => {
      const most = parseFloat(getComputedStyle(drawing).maxHeight);
      zoomTo(Math.min(own, drawing.clientWidth, own * most / ownHeight));
    };

    const tools = make("div", "", { class: "tools", role: "group", "aria-label": "Zoom" });
    for (const [text, label, act] of [
      ["+", "Zoom in", () => zoomBy(ZOOM)], ["\u2212", "Zoom out", () => zoomBy(1 / ZOOM)],
      ["1:1", "1:1, actual size", () => zoomTo(own)], ["Fit", "Fit all of it", fit],
    ]) {
      const button = make("button", text, { type: "button", "aria-label": label });
      button.addEventListener("click", act);
      tools.append(button);
    }
    drawing.before(tools);

    drawing.addEventListener("keydown", (event) => {
      const act = {
        "+": () => zoomBy(ZOOM), "=": () => zoomBy(ZOOM), "-": () => zoomBy(1 / ZOOM), 0: fit,
      }[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
    drawing.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomBy(2 ** (-event.deltaY / 200), event.clientX, event.clientY);
    }, { passive: false });
    setUpDragging(drawing);
    setUpShapes(drawing);
  };

  /* A drag that begins on a shape is no click on it. */
  const setUpDragging = (drawing) => {
    let from = null, moved = false;
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("pointerdown", (event) => {
      moved = false;
      if (event.pointerType === "mouse" && event.button === 0)
        from = { x: event.clientX + drawing.scrollLeft, y: event.clientY + drawing.scrollTop };
    });
    addEventListener("pointermove", (event) => {
      if (!from) return;
      const x = from.x - event.clientX, y = from.y - event.clientY;
      if (Math.hypot(x - drawing.scrollLeft, y - drawing.scrollTop) > 4) moved = true;
      if (!moved) return;
      drawing.classList.add("moving");
      drawing.scrollTo(x, y);
    });
    addEventListener("pointerup", () => {
      from = null;
      drawing.classList.remove("moving");
    });
    drawing.addEventListener("click", (event) => {
      if (moved) event.preventDefault();
      if (moved) event.stopPropagation();
    }, true);
  };

  /* What has a link of its own leads to its description all the same, where that link stands. Half
   * of a flow has no id, but the title of the flow. */
  const setUpShapes = (drawing) => {
    const title = (shape) => (find("title", shape) || { textContent: "" }).textContent;
    const ids = new Map(all("g[id]", drawing).map((shape) => [title(shape), shape.id]));
    drawing.addEventListener("click", (event) => {
      const link = event.target.closest("a"), shape = event.target.closest("g[class]");
      const id = shape && (shape.id || ids.get(title(shape)));
      if (!link || !id || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      location.hash = withoutPrefix(id);
    });
  };

  /* ---- pages of a large model ------------------------------------------------------------ */

  const pages = () => all("figure.page");
  /* The one that is asked for, in place of the overview. */
  const showPage = (target) => {
    const figure = target.matches("figure.page") ? target : find("figure.whole");
    if (!figure) return;
    for (const other of [find("figure.whole"), ...pages()]) other.classList.toggle("away", other !== figure);
    setUpPicture(figure);
  };
  const setUpPages = () => {
    if (!pages().length) return;
    const turn = () => {
      const target = document.getElementById(decoded(location.hash));
      if (!target || !target.matches("figure.page, #picture")) return;
      showPage(target);
      target.scrollIntoView({ block: "start" });
    };
    showPage(find("#picture"));
    addEventListener("hashchange", turn);
    turn();
  };

  /* ---- copying --------------------------------------------------------------------------- */

  const copy = async (text, from) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      getSelection().selectAllChildren(from);
      return document.execCommand("copy");
    }
  };

  const setUpCopying = (pre) => {
    const box = make("div", "", { class: "copied" });
    const button = make("button", "Copy", { type: "button" });
    button.addEventListener("click", async () => {
      const done = await copy(pre.textContent, pre);
      button.textContent = done ? "Copied" : "Select it and press Ctrl+C";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    pre.replaceWith(box);
    box.append(pre, button);
  };

  /* ---- print ----------------------------------------------------------------------------- */

  /* What is folded is printed too, but for the commands. */
  const setUpPrint = () => {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("details:not([open]):not(.ways)");
      for (const fold of opened) fold.open = true;
    });
    addEventListener("afterprint", () => {
      for (const fold of opened) fold.open = false;
    });
  };

  /* It stands before what it is about, so that nothing is laid out that is not shown. */
  document.documentElement.classList.add("js");
  document.addEventListener("DOMContentLoaded", () => {
    setUpRows();
    for (const figure of all("figure.picture:not(.page)")) setUpPicture(figure);
    setUpPages();
    setUpPrint();
    setUpDescriptions();
  });
})();
