// Asks the server, says so while it takes long, and says what happened when no answer came.
"use strict";

import { byId, form } from "./dom.js";

const SLOW = 2000; // milliseconds until a reader wonders
let running = null;

export const isBusy = () => running !== null;

class Failure extends Error {}
class Left extends Error {} // the reader went elsewhere meanwhile: nobody waits for the answer

export function forget() {
  if (running) running.abort(new Left());
}

export function hush() {
  say("failure", "alert", "");
  byId("failure").lastElementChild.hidden = true;
}

// A live region that has a role while it has words: an empty one is a part of the page that says nothing.
function say(id, role, words) {
  const line = byId(id).firstElementChild;
  if (words) line.setAttribute("role", role);
  else line.removeAttribute("role");
  line.textContent = words;
}

function slow(words) {
  say("slow", "status", words);
  byId("stop").hidden = !words;
  if (words) byId("news").scrollIntoView({ block: "nearest" });
}

const buttons = () => document.querySelectorAll("#search, [form=asked]:not(input), #asked button");

// The page out of an answer that has ``part``. Throws a Failure whose message is for the reader.
export async function pageOf(answer, part) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.getElementById(part)) return page;
  const told = page.querySelector(".error");
  throw new Failure(told ? told.textContent : form.dataset.fault);
}

// What ``read`` makes of the server's answer to a form, or to nothing but its address where there is no ``body``.
export async function send(action, body, busyWords, read) {
  hush();
  const controller = running = new AbortController();
  const timer = setTimeout(() => slow(byId("slow").dataset.words), SLOW);
  byId("status").textContent = busyWords;
  buttons().forEach((button) => button.setAttribute("aria-disabled", "true"));
  try {
    return await read(await fetch(action, { method: body ? "POST" : "GET", body, signal: controller.signal }));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (controller.signal.aborted) throw error instanceof Left ? error : new Failure(form.dataset.stopped);
    throw new Failure(unreachable());
  } finally {
    clearTimeout(timer);
    if (running === controller) rest();
  }
}

function rest() {
  running = null;
  slow("");
  byId("status").textContent = "";
  buttons().forEach((button) => button.removeAttribute("aria-disabled"));
}

export const post = (body, busyWords) =>
  send(form.action, body, busyWords, (answer) => pageOf(answer, "answer"));

const unreachable = () => (navigator.onLine ? form.dataset.gone : form.dataset.offline);

export function fail(error, again) {
  if (error instanceof Left) return;
  if (!(error instanceof Failure)) throw error;
  say("failure", "alert", error.message);
  byId("failure").lastElementChild.hidden = false;
  byId("retry").onclick = () => { hush(); again(); };
  byId("retry").focus();
}

// Goes to another page once it is sure that the server is there to answer, so that nothing typed is lost.
export async function leave(go) {
  hush();
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    await answer.text();
    if (!answer.ok) throw new Error("not well");
    go();
  } catch {
    fail(new Failure(unreachable()), () => leave(go));
  }
}

byId("stop").addEventListener("click", () => { if (running) running.abort(); });
byId("dismiss").addEventListener("click", () => { hush(); byId("case").focus(); });
