// Makes the page quicker to use; everything works without it.
"use strict";

const form = document.getElementById("case-form");
const pane = document.getElementById("pane");
const FIELDS = ["case", "day"];
const byId = (id) => document.getElementById(id);
let opener = null;

// Searching without leaving the page: going back and reloading then work as anywhere. The browser keeps the
// case with the tab's history, as it does with what is typed in any form; it is in no address.

const views = []; // what each step of this tab's history showed, in memory
let step = 0;
let asked = null; // what the answer on the page is an answer to, whatever was typed since

function written() {
  return FIELDS.map((field) => byId(field).value);
}

function takeView() {
  const part = (id) => [...byId(id).childNodes];
  return { title: document.title, answer: part("answer"), values: asked || written(), asked, scroll: scrollY,
    errors: FIELDS.map((field) => part(`${field}-error`)) };
}

function show(view) {
  asked = view.asked;
  document.title = view.title;
  byId("answer").replaceChildren(...view.answer);
  FIELDS.forEach((field, n) => {
    byId(field).value = view.values[n];
    byId(`${field}-error`).replaceChildren(...view.errors[n]);
    if (view.errors[n].length) byId(field).setAttribute("aria-invalid", "true");
    else byId(field).removeAttribute("aria-invalid");
  });
  document.querySelector(".switch button").value = asked ? "soeg" : "form";
}

async function ask(values) {
  busy(true);
  const body = new URLSearchParams(FIELDS.map((field, n) => [field, values[n]]));
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("answer")) throw new Error("no answer");
  const part = (id) => [...document.importNode(page.getElementById(id), true).childNodes];
  busy(false);
  return { title: page.title, answer: part("answer"), values, asked: values,
    errors: FIELDS.map((field) => part(`${field}-error`)) };
}

async function search(values) {
  const view = await ask(values);
  views[step] = takeView();
  views.length = step += 1;
  history.pushState({ step, values }, "");
  show(view);
  const bad = form.querySelector("[aria-invalid]");
  if (bad) bad.focus();
  else if (byId("results")) {
    byId("status").textContent = form.dataset.done;
    byId("results").focus({ preventScroll: true });
    byId("answer").scrollIntoView();
  }
}

function busy(now) {
  byId("status").textContent = now ? form.dataset.busy : "";
  if (now) byId("search").setAttribute("aria-disabled", "true");
  else byId("search").removeAttribute("aria-disabled");
}

if (form) {
  if (document.querySelector(".switch button").value === "soeg") asked = written();
  if (history.state) step = history.state.step;
  if (asked) history.replaceState({ step, values: asked }, "");
  else if (history.state && history.state.values) ask(history.state.values).then(show, () => busy(false));
  else history.replaceState({ step }, "");
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(byId("search"));
  });
  document.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "skift") return;
    event.preventDefault();
    if (byId("search").getAttribute("aria-disabled")) return;
    const sent = new FormData(event.target);
    search(FIELDS.map((field) => sent.get(field) || "")).catch(() => { busy(false); event.target.submit(); });
  });
  window.addEventListener("popstate", (event) => {
    if (!event.state) return;
    if (!pane.hidden) closePane();
    views[step] = takeView();
    step = event.state.step;
    if (views[step]) { show(views[step]); scrollTo(0, views[step].scroll); } else location.reload();
  });
  window.addEventListener("pageshow", () => busy(false));
  if (byId("results")) byId("answer").scrollIntoView();
}

// The source beside the results

function covered(link) {
  const own = matchMedia("(min-width: 60rem)").matches ? link.closest("section") : null;
  const others = "header, .skip, #case-form, #answer > :not(.results), #results > section";
  return [...document.querySelectorAll(others)].filter((part) => part !== own);
}

async function openSource(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const source = page.getElementById("source");
  if (!answer.ok || !source) throw new Error("no source");
  const body = byId("pane-body");
  body.replaceChildren(document.importNode(source, true));
  byId("own-tab").href = link.href;
  if (!pane.contains(link)) {
    uncover();
    opener = link;
    const section = link.closest("section");
    pane.dataset.side = section.nextElementSibling ? "right" : "left";
    covered(link).forEach((part) => { part.inert = true; });
    link.closest(".result").classList.add("shown");
  }
  pane.hidden = false;
  const words = pane.querySelector("#ord") || aim(link.hash);
  (words || body).focus({ preventScroll: true });
  if (words) words.scrollIntoView({ block: "center" });
  else pane.scrollTop = 0;
}

function aim(hash) {
  const place = hash && pane.querySelector(`#${CSS.escape(decodeURIComponent(hash.slice(1)))}`);
  if (place) place.tabIndex = -1;
  return place;
}

function uncover() {
  document.querySelectorAll("[inert]").forEach((part) => { part.inert = false; });
  document.querySelectorAll(".shown").forEach((card) => { card.classList.remove("shown"); });
}

function closePane() {
  pane.hidden = true;
  byId("pane-body").replaceChildren();
  uncover();
  if (opener) opener.focus();
}

if (pane) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.open, #pane-body a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      const place = aim(link.hash);
      if (place) { place.focus({ preventScroll: true }); place.scrollIntoView(); }
    } else if (link.origin === location.origin) {
      event.preventDefault();
      openSource(link).catch(() => { window.open(link.href, "kilde", "noopener"); });
    } else link.target = "_blank";
  });
  byId("close-pane").addEventListener("click", closePane);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden) closePane();
  });
}
