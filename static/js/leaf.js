// The picture of the page beside the words: leafing, size, darker ink, and the ruler, whose place is kept with the entry.
// Pictures stay in memory only as long as this page is open; the browser keeps none of them.
"use strict";
(() => {
  const leaf = document.querySelector("[data-leaf]");
  if (!leaf) return;
  const desk = leaf.parentElement;
  const form = desk.querySelector("form[data-keep]");
  const stage = leaf.querySelector("[data-leaf-stage]");
  const sheet = leaf.querySelector("[data-leaf-sheet]");
  const band = leaf.querySelector("[data-leaf-band]");
  const says = leaf.querySelector("[data-leaf-says]");
  const split = desk.querySelector("[data-leaf-split]");
  const show = desk.querySelector("[data-leaf-show]");
  const button = (what) => leaf.querySelector(`[data-do=${what}]`);
  const words = (name, values = {}) => Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), leaf.dataset[`words${name[0].toUpperCase()}${name.slice(1)}`]);
  const WHOLE = 10000;
  const LARGEST = 5;
  const STEP = 1.25;
  const KEPT = 6;
  const AGAIN_MS = 1500;
  const LAST_MS = 60000;
  const SLOW_MS = 5000;

  // -- what this computer remembers: how the desk looks, nothing of what stands in books ------------------
  const PLACE = "civreg-leaf";
  const usual = { size: 1, whole: false, ink: false, ruler: true, above: false, hidden: false, beside: 50, over: 42 };
  const look = (() => {
    try { return { ...usual, ...JSON.parse(localStorage.getItem(PLACE)) }; } catch { return { ...usual }; }
  })();
  const remember = () => { try { localStorage.setItem(PLACE, JSON.stringify(look)); } catch { /* a browser that forbids it */ } };

  let told = null;
  let at = 0;
  let asked = 0;
  let waits = 0;
  let slot = 0;
  let box = null;
  let guessed = false;
  let slow = false;
  let seen = "";
  let hiddenMeanwhile = null;
  let lost = null;
  const leaves = new Map();
  const pictures = new Map();

  const tidy = (text) => text.trim().replace(/^0+(?=\d)/, "").replace(/^(\d+)\s*[a-z]$/i, (label) => label.replace(/\s/g, "").toUpperCase());
  const typedPage = () => (form && form.elements.page_no ? tidy(form.elements.page_no.value) : tidy(leaf.dataset.page));
  const current = () => (told ? told.pictures[at] : undefined);

  // -- the picture --------------------------------------------------------------------------------------
  const loaded = (address, priority = "auto") => {
    if (!pictures.has(address)) {
      const image = new Image();
      image.fetchPriority = priority;
      image.alt = "";
      image.draggable = false;
      image.src = address;
      pictures.set(address, image);
      if (pictures.size > KEPT * 2) pictures.delete(pictures.keys().next().value);
    }
    return pictures.get(address);
  };

  const speak = (text) => { says.textContent = text; says.hidden = text === ""; };

  const sized = () => {
    const image = sheet.querySelector("img");
    const fits = image && image.naturalHeight ? (stage.clientHeight * image.naturalWidth) / (image.naturalHeight * stage.clientWidth) : 1;
    sheet.style.width = `${(look.whole ? Math.min(1, fits) : look.size) * 100}%`;
  };

  const put = (image, key = "") => {
    seen = key;
    const old = sheet.querySelector("img");
    if (old !== image) {
      if (old) old.remove();
      sheet.prepend(image);
    }
    sheet.hidden = false;
    sized();
    drawn();
    follow();
  };

  const draw = async () => {
    const picture = current();
    if (!picture) return;
    const image = loaded(look.ink ? picture.contrast : picture.read);
    const began = performance.now();
    sheet.className = `leaf-sheet is-turned-${picture.turning}`;
    if (!image.complete) {
      // The small one is there long before: one sees at least which page comes.
      const small = loaded(picture.thumb);
      small.decode().then(() => { if (current() === picture && !image.complete) put(small); }, () => {});
      speak(words("loading"));
    }
    try { await image.decode(); } catch {
      if (current() === picture) {
        pictures.delete(image.getAttribute("src"));
        lost = { label: told.page, key: picture.key };
        seen = "";
        keep();
        speak(words("lost"));
      }
      return;
    }
    slow = performance.now() - began > SLOW_MS;
    if (current() !== picture || image !== loaded(look.ink ? picture.contrast : picture.read)) return;
    speak("");
    put(image, picture.key);
    ahead();
  };

  // The page after this one is fetched as soon as this one is there, so that turning costs no wait. On a slow line, where
  // it would hold up what is typed, only with the last entry of a page, and behind everything else.
  const ahead = async () => {
    const next = told && told.after;
    const early = slow && slot < (told.slots || []).length - 1;
    if (!next || early || navigator.connection && navigator.connection.saveData) return;
    const page = await fetched(next).catch(() => null);
    if (page && page.pictures[0]) loaded(look.ink ? page.pictures[0].contrast : page.pictures[0].read, "low");
  };

  const fetched = async (label) => {
    if (leaves.has(label)) return leaves.get(label);
    const answer = await fetch(`${leaf.dataset.leaf}?trang=${encodeURIComponent(label)}`, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const page = await answer.json();
    // A page without a picture may get one any moment.
    if (page.pictures.length && !page.pictures.some((picture) => picture.turning)) leaves.set(label, page);
    if (leaves.size > KEPT) leaves.delete(leaves.keys().next().value);
    return page;
  };

  const open = async (label, { key = "", part = "" } = {}) => {
    const mine = asked += 1;
    seen = "";
    keep();
    // Nobody looks at what is hidden: it is neither fetched nor kept with an entry.
    hiddenMeanwhile = look.hidden ? { label, key, part } : null;
    if (look.hidden) return;
    let page = null;
    try { page = await fetched(label); } catch { /* said below */ }
    if (mine !== asked) return;
    if (!page) {
      lost = { label, key };
      speak(words("lost"));
      return;
    }
    lost = null;
    told = page;
    at = Math.max(0, page.pictures.findIndex((picture) => picture.key === key));
    leaf.querySelector("[data-leaf-page]").textContent = page.page ? words("page", { page: page.page }) : "–";
    button("back").disabled = !page.before;
    button("on").disabled = !page.after;
    settle(part);
    numbered();
    if (current()) await draw();
    else {
      sheet.hidden = true;
      speak([page.said, page.page ? words("none", { page: page.page }) : words("unnamed")].filter(Boolean).join(". "));
    }
    // The worker may be slow, or stopped: asked again, but less and less often.
    waits = current() && current().turning ? waits + 1 : 0;
    if (waits) setTimeout(() => { if (mine === asked) open(label, { key: current().key }); }, Math.min(AGAIN_MS * 1.5 ** (waits - 1), LAST_MS));
  };

  const numbered = () => {
    const many = told.pictures.length > 1;
    button("other").hidden = !many;
    button("other").textContent = many ? words("second", { n: at + 1, of: told.pictures.length }) : "";
  };

  // -- the ruler ----------------------------------------------------------------------------------------
  const parsed = (text) => { const four = text.split(",").map(Number); return four.length === 4 ? { left: four[0], top: four[1], width: four[2], height: four[3] } : null; };
  const kept = () => form && form.elements.picture;

  // Where the entry stands: as it was shown before, else the next place of the page.
  const settle = (part) => {
    const slots = (told.slots || []).map(parsed);
    const own = leaf.dataset.place !== "" && told.page === tidy(leaf.dataset.page);
    slot = Math.min(own ? Number(leaf.dataset.place) : told.typed, Math.max(slots.length - 1, 0));
    // An entry that stands already has no place on other pages.
    box = parsed(part) || (own || leaf.dataset.place === "" ? slots[slot] : null) || null;
    const surplus = leaf.dataset.place === "" && told.typed >= slots.length;
    guessed = !part && (told.guessed !== false || leaf.dataset.place !== "" || surplus);
  };

  // The entry takes its place in the picture along only if somebody showed it, on this page or on one before.
  const keep = () => {
    if (!kept()) return;
    const picture = told && current();
    const right = picture && seen === picture.key && !look.hidden && typedPage() === told.page;
    form.elements.picture.value = right ? `${picture.key}/${picture.made}` : "";
    form.elements.part.value = right && box && look.ruler && !guessed && !picture.turning ? [box.left, box.top, box.width, box.height].map(Math.round).join(",") : "";
  };

  const drawn = () => {
    const turning = current() && current().turning;
    band.hidden = !box || !look.ruler || Boolean(turning);
    band.classList.toggle("is-guessed", guessed);
    band.title = guessed ? words("guess") : "";
    if (box) for (const [side, value] of Object.entries(box)) band.style[side] = `${value / 100}%`;
    keep();
  };

  const follow = () => {
    if (band.hidden) return;
    const height = sheet.clientHeight;
    const top = (box.top / WHOLE) * height;
    const tall = (box.height / WHOLE) * height;
    const space = Math.max(stage.clientHeight - tall, 0);
    if (top < stage.scrollTop || top + tall > stage.scrollTop + stage.clientHeight) stage.scrollTop = top - space / 3;
    const left = (box.left / WHOLE) * sheet.clientWidth;
    if (left < stage.scrollLeft || left >= stage.scrollLeft + stage.clientWidth) stage.scrollLeft = left;
  };

  const within = (value, least, most) => Math.min(Math.max(value, least), most);
  const place = (changed) => {
    const width = within(changed.width, 200, WHOLE);
    const height = within(changed.height, 200, WHOLE);
    box = { width, height, left: within(changed.left, 0, WHOLE - width), top: within(changed.top, 0, WHOLE - height) };
    guessed = false;
    drawn();
  };

  const nudge = (key, taller) => {
    if (!box || band.hidden) return;
    const way = key === "ArrowDown" ? 1 : -1;
    place(taller ? { ...box, height: box.height + way * 150 } : { ...box, top: box.top + way * Math.max(box.height / 4, 100) });
    follow();
  };

  // -- what the buttons and keys do ---------------------------------------------------------------------
  const laid = () => {
    desk.classList.toggle("is-above", look.above);
    desk.classList.toggle("is-without", look.hidden);
    show.hidden = !look.hidden;
    const share = look.above ? look.over : look.beside;
    desk.style.setProperty("--leaf", `${share}${look.above ? "vh" : "%"}`);
    split.setAttribute("aria-orientation", look.above ? "horizontal" : "vertical");
    split.setAttribute("aria-valuenow", Math.round(share));
    for (const what of ["whole", "ink", "ruler", "above"]) button(what).setAttribute("aria-pressed", look[what]);
    remember();
    reach();
    if (!sheet.hidden) { sized(); drawn(); follow(); }
  };

  const enlarge = (factor) => {
    const [x, y] = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
    const before = sheet.clientWidth / stage.clientWidth;
    look.size = within(before * factor, 0.3, LARGEST);
    look.whole = false;
    laid();
    const grown = look.size / before;
    stage.scrollTo(x * grown - stage.clientWidth / 2, y * grown - stage.clientHeight / 2);
  };

  const turn = async () => {
    const picture = current();
    if (!picture || !button("turn")) return;
    const label = told.page;
    const data = new URLSearchParams({ by: "90", csrfmiddlewaretoken: leaf.querySelector("[name=csrfmiddlewaretoken]").value });
    try {
      const answer = await fetch(picture.turn, { method: "POST", body: data, headers: { "HX-Request": "true" }, cache: "no-store", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
    } catch { speak(words("lost")); return; }
    leaves.delete(label);
    open(label, { key: picture.key });
  };

  const acts = {
    back: () => told && told.before && open(told.before),
    on: () => told && told.after && open(told.after),
    other: () => { at = (at + 1) % told.pictures.length; numbered(); draw(); },
    smaller: () => enlarge(1 / STEP),
    larger: () => enlarge(STEP),
    whole: () => { look.whole = !look.whole; look.size = 1; laid(); },
    ink: () => { look.ink = !look.ink; laid(); draw(); },
    ruler: () => { look.ruler = !look.ruler; laid(); },
    above: () => { look.above = !look.above; laid(); },
    hide: () => { look.hidden = true; laid(); keep(); show.focus(); },
    turn,
  };
  leaf.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-do]");
    if (!pressed) return;
    const more = pressed.closest("details");
    if (more) more.open = false;
    acts[pressed.dataset.do]();
  });
  show.addEventListener("click", () => {
    look.hidden = false;
    laid();
    stage.focus();
    if (hiddenMeanwhile) open(hiddenMeanwhile.label, hiddenMeanwhile);
  });

  document.addEventListener("keydown", (event) => {
    // An input method writes Vietnamese letters with these keys: they are its own.
    if (event.isComposing || event.keyCode === 229 || look.hidden) return;
    const up = event.key === "ArrowUp" || event.key === "ArrowDown";
    let act = null;
    if (event.ctrlKey && !event.altKey && up) act = () => nudge(event.key, event.shiftKey);
    else if (event.altKey && event.key === "PageUp") act = acts.back;
    else if (event.altKey && event.key === "PageDown") act = acts.on;
    else if (event.key === "F7") act = event.shiftKey ? acts.turn : acts.ink;
    else if (event.key === "F9") act = event.shiftKey ? acts.smaller : acts.larger;
    if (!act) return;
    event.preventDefault();
    act();
  });

  // -- with the mouse: the page is moved, the ruler is moved or drawn anew (Shift) ------------------------
  const point = (event) => {
    const frame = sheet.getBoundingClientRect();
    return { x: ((event.clientX - frame.left) / frame.width) * WHOLE, y: ((event.clientY - frame.top) / frame.height) * WHOLE };
  };
  const dragged = (event, moved, done = () => {}) => {
    event.preventDefault();
    stage.focus({ preventScroll: true });
    const stop = () => {
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
      done();
    };
    window.addEventListener("pointermove", moved);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || sheet.hidden) return;
    const from = point(event);
    const was = { ...box };
    const edge = event.target.closest("[data-leaf-edge]");
    const typing = document.activeElement;
    const back = () => { if (form && form.contains(typing)) typing.focus({ preventScroll: true }); };
    if (event.shiftKey) {
      dragged(event, (now) => {
        const to = point(now);
        place({ left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
      }, back);
    } else if (edge && edge.dataset.leafEdge === "bottom") {
      dragged(event, (now) => place({ ...was, height: was.height + point(now).y - from.y }), back);
    } else if (edge) {
      dragged(event, (now) => { const by = Math.min(point(now).y - from.y, was.height - 200); place({ ...was, top: was.top + by, height: was.height - by }); }, back);
    } else if (event.target.closest("[data-leaf-band]") && event.pointerType === "mouse") {
      dragged(event, (now) => place({ ...was, left: was.left + point(now).x - from.x, top: was.top + point(now).y - from.y }), back);
    } else if (event.pointerType === "mouse") {
      const start = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
      dragged(event, (now) => stage.scrollTo(start.x - now.clientX, start.y - now.clientY), back);
    }
  });
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    enlarge(event.deltaY < 0 ? STEP : 1 / STEP);
  }, { passive: false });

  // -- how much room the picture has ----------------------------------------------------------------------
  const divide = (share) => {
    if (look.above) look.over = within(share, 20, 75); else look.beside = within(share, 20, 75);
    laid();
  };
  split.addEventListener("pointerdown", (event) => {
    const frame = desk.getBoundingClientRect();
    dragged(event, (now) => divide(look.above ? ((now.clientY - leaf.getBoundingClientRect().top) / window.innerHeight) * 100 : ((now.clientX - frame.left) / frame.width) * 100));
  });
  split.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -2, ArrowUp: -2, ArrowRight: 2, ArrowDown: 2 }[event.key];
    if (!way || event.ctrlKey) return;
    event.preventDefault();
    divide((look.above ? look.over : look.beside) + way);
  });
  // Beside the form the picture fills the window from where it stands to the lower edge.
  const reach = () => {
    const beside = getComputedStyle(desk).getPropertyValue("--beside").trim() === "1";
    leaf.style.height = beside ? `${window.innerHeight - Math.max(desk.getBoundingClientRect().top, 8) - 8}px` : "";
  };
  window.addEventListener("scroll", () => requestAnimationFrame(reach), { passive: true });
  window.addEventListener("resize", laid);

  // -- from one entry to the next -------------------------------------------------------------------------
  if (form) {
    form.addEventListener("change", (event) => {
      if (event.target.name === "page_no" && typedPage() && (!told || typedPage() !== told.page)) open(typedPage());
    });
    form.addEventListener("input", (event) => { if (event.target.name === "page_no") keep(); });
    form.addEventListener("begun", () => {
      // What was kept was the place of the entry before.
      keep();
      if (!told) return;
      const slots = (told.slots || []).map(parsed);
      leaves.delete(told.page);
      if (typedPage() && typedPage() !== told.page) { open(typedPage()); return; }
      slot += 1;
      guessed = guessed || slot >= slots.length && !told.guessed;
      // What was shown for the entry before is the measure of the next, unless the page's places are known.
      if (guessed || !slots.length) box = slots[Math.min(slot, slots.length - 1)] || box;
      else if (told.guessed) box = { ...box, top: Math.min(box.top + box.height, WHOLE - box.height) };
      else box = slots[Math.min(slot, slots.length - 1)];
      drawn();
      follow();
      ahead();
    });
  }
  const again = () => { if (lost) open(lost.label, { key: lost.key }); };
  if (form) form.addEventListener("reached", again);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  laid();
  open(typedPage(), { key: leaf.dataset.key, part: leaf.dataset.part });
})();
