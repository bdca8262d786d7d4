// Makes the search page quicker to use; everything works without it.
//
// Searching does not leave the page, so going back and reloading work as anywhere. The browser keeps the case
// with the tab's history, as it does with what is typed in any form; it is in no address.
"use strict";

import { fail, forget, isBusy, leave, post } from "./asking.js";
import { byId, fill, form, isTouched, pairsOf, written } from "./dom.js";
import "./file.js";
import "./keys.js";
import * as marks from "./marks.js";
import { closePane } from "./pane.js";

const PARTS = ["answer", "narrow", "case-error", "day-error", "file-error", "file-read"].filter(byId);
const views = []; // what each step of this tab's history showed, in memory
let step = 0;
let asked = null; // what the answer on the page is an answer to, whatever was typed since
let run = Date.now(); // which case this is: marks belong to one

function keep() {
  const here = history.state; // of another step where the reader has gone on before an answer came
  if (here && (here.step !== step || here.run !== run)) return;
  history.replaceState({ step, run, asked, typed: written(), ...marks.kept() }, "");
}

function takeView() {
  const parts = PARTS.map((id) => [...byId(id).childNodes]);
  return { title: document.title, parts, values: asked || written(), asked, scroll: scrollY };
}

function show(view) {
  asked = view.asked;
  document.title = view.title;
  PARTS.forEach((id, n) => byId(id).replaceChildren(...view.parts[n]));
  fill(view.typed || view.values);
  document.querySelectorAll("#case, #day").forEach((field) => {
    if (byId(`${field.id}-error`).firstElementChild) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  });
  byId("switch").value = asked ? "soeg" : "form";
  byId("new-case").hidden = !asked;
  marks.draw();
  const fault = byId("narrow") && byId("narrow").querySelector(".error");
  if (fault) byId("narrow").open = true;
}

function viewOf(page, asked) {
  const parts = PARTS.map((id) => {
    const part = page.getElementById(id); // none of what narrows a search while there is no index
    return part ? [...document.importNode(part, true).childNodes] : [];
  });
  const values = pairsOf(page.getElementById("case-form"));
  return { title: page.title, parts, values, asked: asked && values };
}

async function ask(values) {
  const body = new FormData();
  [...values, ...marks.fields()].forEach(([name, value]) => body.append(name, value));
  return viewOf(await post(body, form.dataset.busy), true);
}

const blank = async () => viewOf(await post(null, ""), null);

// What the reader went on to write while the server answered stands; else what the server read.
async function whileWriting(answer) {
  const before = JSON.stringify(written());
  const view = await answer;
  const typed = written();
  return JSON.stringify(typed) === before ? view : { ...view, typed };
}

function goOn(view, next) {
  keep();
  views[step] = takeView();
  views.length = step += 1;
  if (next !== run) marks.restore({ marks: [], opened: [] });
  run = next;
  history.pushState({ step, run }, "");
  show(view);
  keep();
}

async function search(values) {
  goOn(await whileWriting(ask(values)), run);
  const bad = form.querySelector("[aria-invalid], #narrow .error ~ * input");
  if (bad) bad.focus();
  else if (byId("results")) {
    byId("status").textContent = form.dataset.done;
    byId("results").focus({ preventScroll: true });
    byId("answer").scrollIntoView();
  }
}

// A case of its own, and a step of its own, so that the one before can be gone back to.
async function begin() {
  forget();
  const view = await blank();
  closePane();
  goOn(view, Date.now());
  if (byId("narrow")) byId("narrow").open = false;
  byId("case").focus({ preventScroll: true });
  scrollTo(0, 0);
}

const offering = (what) => (...given) => what(...given).catch((error) =>
  fail(error, () => offering(what)(...given)));
const start = offering(search);
const startAnew = offering(begin);
const resume = offering(async (state) => {
  const view = await (state.asked ? whileWriting(ask(state.asked)) : blank());
  show({ ...view, typed: view.typed || state.typed });
  keep();
});

// Beginning: what the tab's history knows of this step, or what the server has put on the page

if (byId("switch").value === "soeg") asked = written();
const state = history.state;
if (state) {
  ({ step, run } = state);
  marks.restore(state);
  if (!asked && state.typed && !isTouched()) fill(state.typed);
}
marks.draw();
if (state && state.asked && !asked) resume({ ...state, typed: written() });
else keep();
if (byId("results")) byId("answer").scrollIntoView();

// What the reader does

let writing;
form.addEventListener("input", () => { clearTimeout(writing); writing = setTimeout(keep, 300); });
marks.onChange(keep);
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(byId("search"));
});
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.method === "dialog" || (submitter && submitter.formTarget)) return;
  if (submitter && submitter.hasAttribute("formaction")) {
    if (submitter.dataset.sure) { delete submitter.dataset.sure; return; }
    event.preventDefault();
    leave(() => { keep(); submitter.dataset.sure = "yes"; form.requestSubmit(submitter); });
    return;
  }
  event.preventDefault();
  if (isBusy()) return;
  const sent = pairsOf(target);
  start(submitter && submitter.name === "fjern" ? [...sent, ["fjern", submitter.value]] : sent);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("header a, #new-case");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.href === location.href.split("#")[0]) return startAnew();
  leave(() => {
    keep();
    location.assign(link.href);
  });
});
window.addEventListener("popstate", (event) => {
  if (!event.state) return;
  forget();
  closePane();
  views[step] = takeView();
  step = event.state.step;
  if (run !== event.state.run) {
    run = event.state.run;
    marks.restore(event.state);
  }
  if (views[step]) {
    show(views[step]);
    keep();
    scrollTo(0, views[step].scroll);
  } else resume(event.state);
});
