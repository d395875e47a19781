// Files go to the server piece by piece: a cut line costs one piece. The server says how far it has come; after a cut
// we ask, wait longer each time, and at last leave it to a button. Without this script the plain forms do the same.
"use strict";
for (const place of document.querySelectorAll("[data-upload]")) {
  const words = place.dataset;
  const list = place.querySelector("[data-upload-list]");
  const end = place.querySelector("[data-upload-end]");
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
  const queue = [];
  let busy = false;

  const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });
  // Says "refused" with words, or throws where the line or the server is gone for now.
  const ask = async (address, options) => {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options,
      headers: { "X-CSRFToken": token, ...(options && options.headers) } });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    return { ok: answer.ok, status: answer.status, ...told };
  };
  const digest = async (file) => {
    // Browsers work this out on safe addresses only; without it a file goes on only while the page is open.
    if (!window.crypto || !crypto.subtle || file.size > 100e6) return "";
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const begin = async (job) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: job.file.name, size: job.file.size, page: job.page,
      sha256: await digest(job.file) })) form.append(name, value);
    const said = await ask(words.upload, { method: "POST", body: new URLSearchParams(form) });
    if (said.ok) { job.address = words.address.replace("KEY", said.upload); job.offset = said.offset; }
    return said;
  };
  const next = async (job) => {
    const piece = job.file.slice(job.offset, job.offset + Number(words.piece));
    const said = await ask(job.address, { method: "POST", body: piece,
      headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(job.offset) } });
    if (said.ok || said.status === 409) job.offset = said.offset;
    return said;
  };
  const show = (job, text, kind) => {
    job.bar.value = job.file.size ? job.offset / job.file.size : 0;
    job.bar.hidden = Boolean(kind);
    job.told.textContent = text;
    job.row.className = kind ? `upload upload-${kind}` : "upload";
  };
  const offer = (job) => { job.again.hidden = false; };
  const refused = (job, said) => {
    show(job, said.detail || words.failed, "refused");
    if (!said.detail) { offer(job); return; }
    // The page is still to be photographed.
    if (job.field && job.field.value === String(Number(job.page) + 1)) job.field.value = job.page;
  };

  const send = async (job) => {
    show(job, words.preparing);
    for (let tries = 0; ;) {
      try {
        const said = await (job.address ? next(job) : begin(job));
        if (said.done) return show(job, said.page ? `${words.done}, ${words.page} ${said.page}` : words.done, "done");
        if (said.status === 404) { job.address = ""; return refused(job, said); }
        if (!said.ok && said.status !== 409) return refused(job, said);
        tries = 0;
        show(job, `${Math.floor(100 * job.offset / job.file.size)}%`);
      } catch (cut) {
        if (tries >= WAITS_MS.length) { show(job, words.failed, "refused"); return offer(job); }
        show(job, words.lost);
        await pause(WAITS_MS[tries]);
        tries += 1;
      }
    }
  };
  const work = async () => {
    if (busy) return;
    busy = true;
    while (queue.length) await send(queue.shift());
    busy = false;
    end.hidden = false;
  };

  const make = (name, text) => { const made = document.createElement(name); made.textContent = text || ""; return made; };
  const add = (file, field) => {
    const job = { file, field, page: field ? field.value : "", offset: 0, address: "",
      row: make("li"), bar: make("progress"), told: make("span"), again: make("button", words.again) };
    job.bar.max = 1;
    job.bar.setAttribute("aria-label", file.name);
    job.again.type = "button";
    job.again.className = "btn btn-small";
    job.again.hidden = true;
    job.again.addEventListener("click", () => { job.again.hidden = true; queue.push(job); work(); });
    job.row.append(make("span", file.name), job.bar, job.told, job.again);
    list.prepend(job.row);
    show(job, "");
    queue.push(job);
  };

  for (const form of place.querySelectorAll("[data-upload-form]")) {
    const input = form.querySelector("input[type=file]");
    const page = form.querySelector("input[name=page]");
    for (const needless of form.querySelectorAll("[data-without-script]")) needless.hidden = true;
    form.addEventListener("submit", (event) => { event.preventDefault(); });
    input.addEventListener("change", () => {
      for (const file of input.files) add(file, page);
      // The camera comes next to the page after this one.
      if (page && /^[0-9]+$/.test(page.value)) page.value = String(Number(page.value) + 1);
      input.value = "";
      work();
    });
  }
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
}
