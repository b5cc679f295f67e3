// Small comforts on top of pages that work without them: saving as you go, follow-up questions that
// appear at once, lines that are added without a reload, the error summary in focus.
"use strict";

(() => {
  const QUIET_MS = 1200; // after the last key
  const SOON_MS = 200; // after a choice, or on leaving a field
  const PATIENCE_MS = 20000;

  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const isText = (input) => input.matches("textarea, input:not([type=checkbox], [type=radio], [type=file])");
  const idOf = (element) => element.closest("[data-question]")?.dataset.question;

  // --- Questions that are shown or hidden ---------------------------------------------------

  function show(question, visible) {
    question.hidden = !visible;
    for (const input of all(question, "input, select, textarea, button")) input.disabled = !visible;
  }

  // --- Errors beside the question ------------------------------------------------------------

  function setError(question, sentence, word) {
    const id = question.dataset.question;
    const group = question.querySelector(":scope > fieldset");
    const target = group ?? document.getElementById(id);
    const described = new Set((target?.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    let note = document.getElementById(`${id}-error`);
    question.classList.toggle("has-error", Boolean(sentence));
    described[sentence ? "add" : "delete"](`${id}-error`);
    if (sentence) {
      if (!note) {
        note = document.createElement("p");
        note.id = `${id}-error`;
        note.className = "error";
        (document.getElementById(`${id}-hint`) ?? question.querySelector(".question-text")).after(note);
      }
      const hidden = document.createElement("span");
      hidden.className = "visually-hidden";
      hidden.textContent = `${word} `;
      const text = document.createElement("span");
      text.append(hidden, sentence);
      note.replaceChildren(text);
    } else {
      note?.remove();
    }
    if (described.size) target?.setAttribute("aria-describedby", [...described].join(" "));
    else target?.removeAttribute("aria-describedby");
    if (target && target.matches("input, select, textarea")) {
      if (sentence) target.setAttribute("aria-invalid", "true");
      else target.removeAttribute("aria-invalid");
    }
  }

  // --- Saving as you go -----------------------------------------------------------------------

  function autosave(form) {
    const status = document.getElementById("save-state");
    const changed = new Set(); // ids of questions with something not yet saved
    let timer = 0;
    let underway = null;

    const say = (key, time = "") => {
      if (!status) return;
      status.textContent = (status.dataset[key] ?? "").replace("{time}", time);
      status.classList.toggle("failed", key === "failed");
    };
    const questionOf = (id) => form.querySelector(`[data-question="${CSS.escape(id)}"]`);
    const schedule = (delay) => {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    };

    function body(ids) {
      const data = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        const owner = name.split(".", 1)[0];
        if (name === "csrf_token" || (ids.includes(owner) && typeof value === "string")) data.append(name, value);
      }
      return data;
    }

    function take(answer, sent) {
      if (answer.visible) {
        const visible = new Set(answer.visible);
        for (const question of all(form, "[data-question]")) show(question, visible.has(question.dataset.question));
      }
      for (const [id, revision] of Object.entries(answer.revisions ?? {})) {
        const input = form.elements.namedItem(`${id}.revision`);
        if (input) input.value = revision;
      }
      for (const id of sent) {
        const question = questionOf(id);
        // Nobody is corrected in the middle of a word.
        const writing = question?.contains(document.activeElement) && isText(document.activeElement);
        if (question && !writing) setError(question, answer.errors?.[id], status?.dataset.error ?? "");
      }
      // What was not taken has no new revision.
      if (answer.conflict) conflict(questionOf(sent.find((id) => !answer.revisions?.[id]) ?? sent[0]), answer.conflict);
      say("saved", answer.saved);
    }

    function conflict(question, sentence) {
      const old = question?.querySelector(":scope > [data-conflict]");
      if (!question || old?.textContent === sentence) return;
      old?.remove();
      const note = document.createElement("p");
      note.className = "notice warn";
      note.dataset.conflict = "";
      note.setAttribute("role", "alert");
      note.textContent = sentence;
      question.prepend(note);
    }

    async function post(ids) {
      const stop = new AbortController();
      const alarm = setTimeout(() => stop.abort(), PATIENCE_MS);
      try {
        const response = await fetch(form.dataset.autosave, {
          method: "POST",
          body: body(ids),
          headers: { "X-Requested-With": "portal", Accept: "application/json" },
          credentials: "same-origin",
          keepalive: document.hidden, // limited in size, so only when the page may be going away
          signal: stop.signal,
        });
        if (!response.ok) throw new Error(String(response.status));
        take(await response.json(), ids);
      } catch {
        ids.forEach((id) => changed.add(id)); // tried again at the next change or when back online
        say("failed");
      } finally {
        clearTimeout(alarm);
      }
    }

    async function save() {
      clearTimeout(timer);
      if (underway) return; // what has changed since is picked up when this one is back
      if (!changed.size) return;
      const ids = [...changed];
      changed.clear();
      say("saving");
      underway = post(ids);
      await underway;
      underway = null;
      if (changed.size && !status?.classList.contains("failed")) schedule(SOON_MS);
    }

    function note(event, delay) {
      const id = idOf(event.target);
      if (!id || event.target.type === "file") return;
      changed.add(id);
      schedule(delay);
    }

    form.addEventListener("input", (event) => note(event, isText(event.target) ? QUIET_MS : SOON_MS));
    form.addEventListener("change", (event) => note(event, SOON_MS));
    form.addEventListener("rowschange", (event) => note(event, SOON_MS));
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => document.hidden && save());
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!navigator.onLine) {
        event.preventDefault(); // stay on the page: what is typed would be lost with it
        say("failed");
        return;
      }
      changed.clear(); // the form brings everything itself
      if (!underway) return;
      // The save that is on its way raises revisions; sending older ones would look like a second person.
      event.preventDefault();
      const button = event.submitter;
      underway.then(() => setTimeout(() => form.requestSubmit(button)));
    });

    for (const question of all(form, "[data-question][hidden]")) show(question, false);
  }

  // --- "None of these" and "we do not know" -------------------------------------------------

  function exclusive(event) {
    const input = event.target;
    const question = input.closest("[data-question], fieldset");
    if (!question || !question.querySelector("[data-exclusive]")) return;
    const peers = all(question, "input, select, textarea").filter(
      (peer) => peer !== input && peer.type !== "hidden" && (peer.name === input.name || peer.name.startsWith(`${input.name}.`) || input.name.startsWith(`${peer.name}.`)),
    );
    if (input.matches("[data-exclusive]")) {
      for (const peer of peers) {
        if (peer.type === "checkbox") peer.checked = peer.checked && !input.checked;
        else if (!/\.(comment|file|choice)$/.test(peer.name)) setAside(peer, input.checked);
      }
    } else if (input.type === "checkbox" ? input.checked : input.value && !/\.(comment|file|choice)$/.test(input.name)) {
      for (const peer of peers) if (peer.matches("[data-exclusive]")) peer.checked = false;
    }
  }

  // What was typed comes back when "we do not know" is taken away again.
  function setAside(input, away) {
    if (away) {
      input.dataset.before = input.value;
      input.value = "";
    } else if (!input.value) {
      input.value = input.dataset.before ?? "";
    }
  }

  // --- Lines of a matrix ------------------------------------------------------------------------

  function rows(box) {
    const list = box.querySelector("[data-row-list]");
    const template = box.querySelector("template[data-row]");
    const add = box.querySelector("[data-add-row]");
    const most = Number(box.dataset.maxRows) || 50;
    let last = list.children.length;

    const settle = () => {
      all(list, "[data-row-number]").forEach((cell, index) => (cell.textContent = index + 1));
      add.hidden = list.children.length >= most;
      box.dispatchEvent(new CustomEvent("rowschange", { bubbles: true }));
    };
    const number = (element) => {
      const fill = (text) => text.replaceAll("__row__", last).replaceAll("__number__", last + 1);
      for (const attribute of element.attributes) attribute.value = fill(attribute.value);
      if (!element.children.length) element.textContent = fill(element.textContent);
    };

    add.addEventListener("click", (event) => {
      event.preventDefault();
      const row = template.content.cloneNode(true);
      all(row, "*").forEach(number);
      last += 1;
      list.append(row);
      list.lastElementChild.querySelector("input, select")?.focus();
      settle();
    });
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove-row]");
      if (!button) return;
      event.preventDefault();
      const row = [...list.children].find((child) => child.contains(button));
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector("input, select") ?? add).focus();
      settle();
    });
  }

  // --- Start -------------------------------------------------------------------------------------

  document.addEventListener("input", exclusive);
  all(document, "[data-rows]").forEach(rows);
  all(document, "form[data-autosave]").forEach(autosave);
  for (const button of all(document, "[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  document.querySelector("[data-focus]")?.focus();
})();
