// The grower's desk: what is shown, what keys do, what is asked of the machine it runs on.

import * as rows from "/rows.js";
const { say, make } = rows;
const get = (id) => document.getElementById(id);

const keyIn = decodeURIComponent(location.hash.slice(1));
if (keyIn) {
  sessionStorage.setItem("key", keyIn);
  history.replaceState(null, "", location.pathname); // out of sight, and out of the history
}

const REFRESH_MS = 10000;
const state = {
  desk: null, tab: "pack", here: null, chosen: new Set(), sure: null, busy: false,
  language: localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"),
};

async function ask(path, body, type = "application/json") {
  const options = { headers: { "X-Loquat-Key": sessionStorage.getItem("key") ?? "" } };
  if (body !== undefined) Object.assign(options, { method: "POST", body: type === "application/json" ? JSON.stringify(body) : body });
  if (body !== undefined) options.headers["Content-Type"] = type;
  let response;
  try { response = await fetch(path, options); } catch { throw { reason: "gone" }; }
  const answer = await response.json();
  if (!response.ok) throw answer;
  return answer;
}

function tell(text, wrong = false) {
  get("told").textContent = text;
  get("told").className = wrong ? "wrong" : "";
}
function refuse(error) {
  if (error instanceof Error) throw error;
  const key = `why_${error.reason}`;
  tell(rows.words[key] ? say(key, { code: get("code").value }) : error.message || say("why_other"), true);
}

const orders = () => (state.desk && state.tab !== "orchard" ? state.desk.tabs[state.tab].flatMap((batch) => batch.orders) : []);
const everyOrder = () => Object.values(state.desk.tabs).flatMap((batches) => batches.flatMap((batch) => batch.orders));
const order = () => orders().find((each) => each.delivery === state.here);
const marked = () => { // the chosen, else the one under the cursor
  const chosen = orders().filter((each) => state.chosen.has(each.delivery));
  return chosen.length ? chosen : [order()].filter(Boolean);
};

async function refresh() {
  const desk = await ask("/api/desk");
  const same = JSON.stringify({ ...desk, now_secs: 0 }) === JSON.stringify({ ...state.desk, now_secs: 0 });
  state.desk = desk;
  if (same) drawTime(); // what somebody is about to press stays where it is
  else draw();
}

function drawTime() {
  const time = new Date(state.desk.now_secs * 1000);
  const style = { dateStyle: "medium", timeStyle: "short" };
  get("when").textContent = say("as_of", { time: time.toLocaleString(document.documentElement.lang, style) });
}

function draw() {
  const { desk, tab, language } = state;
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  get("language").textContent = language === "zh" ? "English" : "中文";
  get("keys").replaceChildren(...rows.KEYS.map(([key, word]) => make("span", {}, make("kbd", {}, key), " ", say(word))));
  if (!desk) return;
  drawTime();
  get("tabs").replaceChildren(...rows.tabs(desk, tab, show));
  if (!order()) state.here = orders()[0]?.delivery ?? null;
  const wide = tab === "orchard" || !orders().length;
  document.querySelector(".desk").classList.toggle("wide", wide);
  get("card").hidden = wide;
  if (tab === "orchard") get("list").replaceChildren(...rows.orchard(desk, language));
  else get("list").replaceChildren(...list());
  drawChoice();
}

function drawChoice() { // the cursor and what is chosen, without the list itself: it may have a thousand rows
  const { desk, language } = state;
  get("card").replaceChildren(...rows.card(order(), desk, language, acts()));
  get("bar")?.replaceChildren(...bar());
  for (const row of document.querySelectorAll(".order.here")) mark(row, false);
  const here = get(`order-${state.here}`);
  if (here) mark(here, true);
}

function mark(row, here) {
  row.classList.toggle("here", here);
  row.setAttribute("aria-selected", String(here));
}

function list() {
  if (!orders().length) return [rows.empty(state.tab)];
  const body = make("tbody");
  let former = "";
  for (const batch of state.desk.tabs[state.tab]) {
    body.append(...rows.batchHead(batch, former, state.tab));
    former = batch.day;
    for (const each of batch.orders) body.append(rows.orderRow(each, state.desk, state.language, {
      chosen: state.chosen.has(each.delivery),
      open: () => { go(each.delivery); }, choose: () => { choose(each.delivery); },
    }));
  }
  return [make("div", { class: "bar", id: "bar" }), make("table", {}, body)];
}

function bar() {
  const many = orders().filter((each) => state.chosen.has(each.delivery)).length;
  const does = [make("span", { class: "many" }, many ? say("chosen", { n: many }) : say("nothing_chosen"))];
  const button = (word, act) => make("button", { type: "button", onclick: act, "data-bar": word }, say(word));
  does.push(button(many === orders().length ? "choose_none" : "choose_all", chooseAll));
  if (state.tab !== "done") does.push(button("slips", () => print("slips")), button("labels", () => print("labels")));
  if (state.tab === "pack") does.push(button("packed", () => act("accept")));
  return does;
}

function acts() {
  const here = order();
  if (!here) return [];
  const paper = here.to_do === "done" ? [] : [["slips", () => print("slips", [here])], ["labels", () => print("labels", [here]), "", !here.address]];
  const first = { pack: ["packed", () => act("accept", [here]), "main"], ship: ["mark_shipped", () => toShip(here), "main"],
    claim: ["claim", () => act("claim", [here]), "main"], answer: ["answer", () => act("answer", [here]), "main"],
    split: ["split", () => act("split", [here]), "main"] }[here.to_do];
  const sure = state.sure === here.delivery;
  const back = here.to_do === "done" ? [] : [[sure ? "refund_sure" : "refund", () => {
    if (sure) act("refund", [here]);
    else { state.sure = here.delivery; drawChoice(); get("card").querySelector("[data-act=refund_sure]").focus(); }
  }, "stop"]];
  return [...(first ? [first] : []), ...paper, ...back];
}

function show(tab) {
  Object.assign(state, { tab, here: null, sure: null });
  state.chosen.clear();
  draw();
}
function go(delivery) {
  Object.assign(state, { here: delivery, sure: null });
  drawChoice();
  get(`order-${delivery}`)?.scrollIntoView({ block: "nearest" });
}
function move(by) {
  const all = orders();
  const at = all.findIndex((each) => each.delivery === state.here);
  if (all.length) go(all[Math.max(0, Math.min(all.length - 1, at + by))].delivery);
}
function choose(delivery) {
  if (!state.chosen.delete(delivery)) state.chosen.add(delivery);
  get(`order-${delivery}`).querySelector("input").checked = state.chosen.has(delivery);
  drawChoice();
}
function chooseAll() {
  const all = orders();
  const none = all.every((each) => state.chosen.has(each.delivery));
  state.chosen = new Set(none ? [] : all.map((each) => each.delivery));
  draw();
}

async function busy(does) {
  if (state.busy) return;
  state.busy = true;
  try { await does(); } catch (error) { refuse(error); } finally { state.busy = false; }
}

const act = (what, some = marked()) => busy(async () => {
  if (!some.length) return;
  tell(say("working"));
  const { failed } = await ask("/api/act", { what, deliveries: some.map((each) => each.delivery) });
  state.chosen.clear();
  state.sure = null;
  await refresh();
  if (failed.length) tell(failed.map((each) => each.message).join("; "), true);
  else tell(say(`done_${what}`, { n: some.length }));
});

const print = (kind, some = marked()) => busy(async () => {
  const ready = kind === "labels" ? some.filter((each) => each.address) : some;
  if (!ready.length) { tell(say("nothing_to_print"), true); return; }
  tell(say("working"));
  const { url, lacking } = await ask("/api/print", { kind, deliveries: ready.map((each) => each.delivery), language: state.language });
  const link = make("a", { href: url, target: "_blank", rel: "noopener" }, say("open_papers"));
  tell(say(`made_${kind}`, { n: ready.length }) + " ");
  get("told").append(link);
  if (lacking) { get("told").append(" " + say("lacking", { letters: lacking })); get("told").className = "wrong"; }
  window.open(url, "_blank", "noopener");
});

function toShip(here) {
  get("code").value = here.code;
  get("tracking").focus();
}

get("scan").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = get("code").value.trim().toUpperCase();
  const tracking = get("tracking").value.trim();
  if (!tracking) { // a scanner ends each code with Enter: the box was scanned, its waybill comes next
    const found = everyOrder().find((each) => each.code === code);
    if (!found) { tell(say("why_unknown_code", { code }), true); get("code").select(); return; }
    tell(say("scanned", { code, name: found.address?.name ?? say("letter_missing") }));
    get("tracking").focus();
    return;
  }
  busy(async () => {
    tell(say("working"));
    const done = await ask("/api/ship", { code, tracking });
    get("scan").reset();
    get("code").focus();
    await refresh();
    tell(say("done_ship", { code: done.code, number: done.tracking }));
  });
});

get("csv").addEventListener("change", () => busy(async () => {
  const [file] = get("csv").files;
  if (!file) return;
  get("csv").value = "";
  tell(say("working"));
  const report = await ask("/api/csv", await file.arrayBuffer(), "text/csv");
  await refresh();
  tell("");
  get("report").hidden = false;
  get("report").replaceChildren(...rows.csvReport(report, () => { get("report").hidden = true; }));
}));

get("language").addEventListener("click", async () => {
  state.language = state.language === "zh" ? "en" : "zh";
  localStorage.setItem("language", state.language);
  await rows.speak(state.language);
  tell("");
  draw();
});

function help() {
  const box = get("keys-dialog");
  const lines = rows.KEYS.map(([key, word]) => make("tr", {}, make("td", {}, make("kbd", {}, key)), make("td", {}, say(word))));
  box.replaceChildren(make("h2", {}, say("help")), make("table", {}, ...lines),
    make("button", { type: "button", class: "main", onclick: () => box.close() }, say("close")));
  box.showModal();
}
get("help").addEventListener("click", help);

const DOES = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
  x: () => state.here && choose(state.here), Enter: () => get("card").querySelector("button:not(:disabled)")?.focus(),
  p: () => print("slips"), l: () => print("labels"), a: () => state.tab === "pack" && act("accept"),
  s: () => { get("code").focus(); get("code").select(); }, "?": help,
};
for (const [at, tab] of ["pack", "ship", "way", "turn", "done", "orchard"].entries()) DOES[at + 1] = () => show(tab);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || get("keys-dialog").open) return;
  const typing = event.target.matches("input:not([type=checkbox])");
  if (event.key === "Escape") { document.activeElement.blur(); return; }
  if (typing || (event.key === "Enter" && event.target.matches("button, a, input"))) return;
  const does = DOES[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

await rows.speak(state.language);
draw();
const start = () => refresh().catch((error) => { refuse(error); });
await start();
setInterval(() => { if (!document.hidden && !state.busy) start(); }, REFRESH_MS);
document.documentElement.dataset.ready = "";
