// Makes the brief and the note quicker and safer to use; everything works without it.
//
// A form is sent without leaving the page, so that what is typed stays when no answer comes. The browser keeps
// what was asked with the tab's history, as it does with what is typed in any form; it is in no address.
"use strict";

import { fail, isBusy, leave, pageOf, send } from "./asking.js";
import { byId } from "./dom.js";
import { closePane } from "./pane.js";

const HERE = ["/overblik", "/notat"]; // pages that this script goes between
const PARTS = ["#page", "header"];
const views = []; // what each step of this tab's history showed, in memory
let step = 0;
let shown = null; // what the page on the screen is an answer to: its action and what was sent

const form = () => byId("asked");
const filled = (data) => [...data].filter(([, value]) => value !== "");
const written = () => filled(new FormData(form()));
const made = () => Boolean(byId("page").dataset.made);

function keep() {
  history.replaceState({ step, shown, typed: written() }, "");
}

function takeView() {
  const parts = PARTS.map((part) => document.querySelector(part));
  return { title: document.title, parts, shown, scroll: scrollY };
}

function show(view) {
  shown = view.shown;
  document.title = view.title;
  PARTS.forEach((part, n) => document.querySelector(part).replaceWith(view.parts[n]));
  prepare();
}

function viewOf(page, asked) {
  const parts = PARTS.map((part) => document.importNode(page.querySelector(part), true));
  return { title: page.title, parts, shown: asked };
}

async function answered(answer) {
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") || "");
  return name ? { name: name[1], file: await answer.blob() } : { page: await pageOf(answer, "page") };
}

function save(name, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(byId("page").dataset.downloaded);
}

let quiet;
function say(words) {
  clearTimeout(quiet);
  byId("status").textContent = words;
  quiet = setTimeout(() => { byId("status").textContent = ""; }, 4000);
}

// Asks again for what a step of the history showed, or for the first time: ``then`` gets what came.
async function ask(asked, then) {
  const name = new URL(asked.action).pathname.slice(1);
  try {
    clearTimeout(quiet);
    then(await send(asked.action, new URLSearchParams(asked.pairs), byId("page").dataset[name], answered));
  } catch (error) {
    fail(error, () => ask(asked, then));
  }
}

function go(asked, from) {
  ask(asked, ({ page, name, file }) => {
    if (file) { save(name, file); return; }
    const view = viewOf(page, asked);
    const same = shown !== null && new URL(asked.action).pathname === location.pathname;
    keep();
    if (!same) {
      views[step] = takeView();
      views.length = step += 1;
      history.pushState({ step, shown: asked }, "", asked.action);
    }
    show(view);
    keep();
    if (made()) say(byId("page").dataset.done);
    arrive(same ? from : null);
  });
}

// Where the reader goes on: at what is wrong, at what was asked for, or at the beginning.
function arrive(from) {
  const bad = document.querySelector("[aria-invalid]");
  const wanted = { vis: "afgoerelser", som: "" }[from && from.name] || (from && from.closest(".writing") ? "udkast-head" : "top");
  const place = bad || byId(wanted);
  place.tabIndex = bad ? 0 : -1;
  place.focus({ preventScroll: true });
  if (wanted === "top" && !bad) scrollTo(0, 0);
  else place.scrollIntoView({ block: wanted === "udkast-head" ? "nearest" : "start" });
}

// What only a script can do is offered only where there is one.
function prepare() {
  document.querySelectorAll("#copy, #print").forEach((button) => { button.hidden = false; });
}

async function copy() {
  const draft = byId("draft").cloneNode(true);
  draft.querySelectorAll("[data-left-out]").forEach((part) => part.replaceChildren(document.createElement("br")));
  draft.className = "copied";
  document.body.append(draft);
  const data = { "text/html": draft.innerHTML, "text/plain": draft.innerText };
  draft.remove();
  try {
    const kinds = Object.entries(data).map(([kind, words]) => [kind, new Blob([words], { type: kind })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(kinds))]);
    say(byId("page").dataset.copied);
  } catch { // an older browser, or a page that did not come over TLS
    getSelection().selectAllChildren(byId("draft"));
    say(byId("page").dataset[document.execCommand("copy") ? "copied" : "notCopied"]);
    getSelection().removeAllRanges();
  }
}

function stale() {
  const note = byId("stale");
  if (!note || !note.hidden) return;
  note.textContent = note.dataset.words;
  note.hidden = false;
}

// A place on the page that a link leads to, unfolded and with the focus, as a step of the history.
function lead(link) {
  const place = byId(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  for (let around = place; around; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true;
  }
  history.pushState(history.state, "", link.hash);
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView();
}

// Beginning: what the tab's history knows of this step, or what the server has put on the page

prepare();
const state = history.state;
if (made()) shown = { action: location.href, pairs: written() };
if (state && state.step) step = state.step;
if (state && state.shown && !made()) ask(state.shown, ({ page }) => { show(viewOf(page, state.shown)); keep(); });
else keep();

// What the reader does

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target !== form()) return;
  const action = submitter && submitter.hasAttribute("formaction") ? submitter.formAction : target.action;
  if (!HERE.includes(new URL(action).pathname) || (submitter && submitter.id === "switch")) {
    if (submitter.dataset.sure) { delete submitter.dataset.sure; return; }
    event.preventDefault();
    leave(() => { keep(); submitter.dataset.sure = "yes"; form().requestSubmit(submitter); });
    return;
  }
  event.preventDefault();
  if (!isBusy()) go({ action, pairs: filled(new FormData(target, submitter)) }, submitter);
});
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (event.target.closest("#copy")) copy();
  if (event.target.closest("#print")) print();
  const link = event.target.closest("#page a[href^='#']");
  if (link) { event.preventDefault(); lead(link); }
});
let writing;
document.addEventListener("input", (event) => {
  if (event.target.form !== form()) return;
  if (event.target.closest(".desk")) stale();
  clearTimeout(writing);
  writing = setTimeout(keep, 300);
});
document.addEventListener("source-opened", ({ detail: id }) => {
  const fields = byId("opened-fields");
  if ([...fields.children].some((field) => field.value === id)) return;
  fields.append(Object.assign(document.createElement("input"), { type: "hidden", name: "aabnet", value: id }));
  keep();
});
window.addEventListener("popstate", (event) => {
  if (!event.state || event.state.step === step) return;
  closePane();
  views[step] = takeView();
  step = event.state.step;
  const earlier = views[step];
  if (earlier) {
    show(earlier);
    scrollTo(0, earlier.scroll);
  } else if (event.state.shown) {
    const asked = event.state.shown;
    ask(asked, ({ page }) => { show(viewOf(page, asked)); keep(); });
  } else location.reload();
});
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("#page details:not([open]):not(.ask)").forEach((part) => {
    part.open = true;
    part.dataset.folded = "yes";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("[data-folded]").forEach((part) => {
    part.open = false;
    delete part.dataset.folded;
  });
});
