// Builds what the page shows. Everything that others wrote goes in as text, never as markup.

export let words = {};

export async function speak(language) {
  words = await (await fetch(`/words/${language}.json`)).json();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export function say(key, values = {}) {
  const text = words[key];
  return text === undefined ? key : text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

const locale = () => document.documentElement.lang;
const coins = (amount) => say("coins", { amount });
export const kilos = (grams) => say("paper_kg", { kg: (grams / 1000).toFixed(2) });
export const date = (secs, style = { day: "numeric", month: "long", year: "numeric" }) =>
  new Date(secs * 1000).toLocaleDateString(locale(), style);
const weekday = { weekday: "long", day: "numeric", month: "long" };

function left(order, now) {
  const hours = Math.ceil((order.act_by_secs - now) / 3600);
  if (!order.act_by_secs) return { text: "", soon: false };
  if (hours <= 0) return { text: say("out_of_time"), soon: true };
  const days = Math.floor(hours / 24);
  const text = hours < 48 ? say("hours_left", { n: hours }) : say("days_left", { n: days });
  return { text, soon: hours < 24 };
}

function pieces(order) {
  return order.quantity === 1 ? say("pieces_one", { n: 1 }) : say("pieces", { n: order.quantity });
}

function written(address) {
  const town = `${address.postcode} ${address.town}`.trim();
  return [...address.lines, town, address.country, address.phone].filter(Boolean);
}

function chip(order) {
  if (["missing", "wrong"].includes(order.letter)) return make("span", { class: "chip bad" }, say(`letter_${order.letter}`));
  return null;
}

export function tabs(desk, tab, pick) {
  const names = ["pack", "ship", "way", "turn", "done", "orchard"];
  return names.map((name, at) => make(
    "button",
    { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), onclick: () => pick(name),
      class: name === "turn" && desk.counts.turn ? "urgent" : "" },
    make("b", {}, name === "orchard" ? String(desk.plots.length) : String(desk.counts[name])),
    make("span", { class: "what" }, say(`tab_${name}`)), make("kbd", {}, String(at + 1)),
  ));
}

export function orderRow(order, desk, language, { chosen, open, choose }) {
  const { text, soon } = left(order, desk.now_secs);
  const who = order.address
    ? [make("b", {}, order.address.name), make("span", { class: "screen" }, `${order.address.town}, ${order.address.country}`),
      make("span", { class: "paper" }, written(order.address).join(", ")),
      order.address.note ? make("span", { class: "paper" }, say("paper_note", { note: order.address.note })) : null].filter(Boolean)
    : [make("b", {}, chip(order) ?? say("erased"))];
  return make(
    "tr",
    { class: "order", id: `order-${order.delivery}`, "aria-selected": "false", onclick: open },
    make("td", {}, make("input", { type: "checkbox", tabindex: "-1", "aria-label": order.code, checked: chosen,
      onclick: (event) => { event.stopPropagation(); choose(); } })),
    make("td", { class: "code" }, order.code),
    make("td", { class: "who" }, ...who),
    make("td", { class: "fruit" }, make("b", {}, desk.names[order.variety][language]),
      make("span", {}, `${pieces(order)} · ${kilos(order.grams)}`)),
    make("td", { class: "value" }, order.tracking ? order.tracking : coins(order.value),
      make("span", { class: soon ? "soon" : "" }, text || say(`state_${order.state}`))),
  );
}

export function batchHead(batch, former, tab) {
  const rows = [];
  if (batch.day && batch.day !== former) {
    const day = new Date(`${batch.day}T12:00:00`).toLocaleDateString(locale(), weekday);
    rows.push(make("tr", { class: "day" }, make("th", { colspan: "5", scope: "rowgroup" }, day,
      make("small", {}, say(`by_${tab}`)))));
  }
  if (batch.day) rows.push(make("tr", { class: "route" }, make("th", { colspan: "5", scope: "rowgroup" },
    batch.route || say("no_route"))));
  return rows;
}

export function empty(tab) {
  const mark = document.querySelector(".mark").cloneNode(true);
  return make("div", { class: "empty" }, mark, make("p", {}, say(`empty_${tab}`)));
}

export function card(order, desk, language, acts) {
  if (!order) return [make("p", { class: "next" }, say("choose_one"))];
  const lines = order.lines.map((line) => make("tr", {}, make("td", {}, say("tree", { n: line.tree })),
    make("td", { class: "n" }, String(line.quantity)), make("td", { class: "n" }, kilos(line.grams))));
  const where = order.address
    ? [make("address", {}, make("b", {}, order.address.name), ...written(order.address).map((line) => make("div", {}, line))),
      order.address.note ? make("p", { class: "note" }, order.address.note) : null]
    : [make("address", {}, say(`letter_${order.letter}_long`))];
  return [
    make("h2", {}, order.code, make("span", { class: `chip ${{ done: "", late: "bad", answer: "bad" }[order.to_do] ?? "good"}` }, say(`state_${order.state}`))),
    make("p", { class: "next" }, say(`next_${order.to_do}`), " ", left(order, desk.now_secs).text),
    make("div", { class: "does" }, ...acts.map(([word, act, style, off]) =>
      make("button", { type: "button", class: style, onclick: act, disabled: off, "data-act": word }, say(word)))),
    order.reason ? make("p", { class: "note said" }, make("b", {}, say("wrong_with_it")), " ", order.reason) : null,
    ...where.filter(Boolean),
    make("table", {},
      make("tr", {}, make("th", {}, desk.names[order.variety][language]), make("th", { class: "n" }, say("paper_pieces")),
        make("th", { class: "n" }, say("paper_weight"))),
      ...lines,
      make("tr", { class: "sum" }, make("td", {}, coins(order.value)), make("td", { class: "n" }, String(order.quantity)),
        make("td", { class: "n" }, kilos(order.grams)))),
    order.tracking ? make("p", { class: "next" }, say("tracked", { number: order.tracking })) : null,
  ].filter(Boolean);
}

export function orchard(desk, language) {
  const money = ["escrow", "earned", "credit", "refunded"].map((name) => {
    const [amount, ...unit] = coins(desk.money[name]).split(" ");
    return make("div", {}, make("dt", {}, say(`money_${name}`)),
      make("dd", {}, amount, make("small", {}, ` ${unit.join(" ")}`)));
  });
  if (!desk.plots.length) return [make("dl", { class: "money" }, ...money), empty("orchard")];
  return [make("dl", { class: "money" }, ...money), make("div", { class: "plots" }, ...desk.plots.map((plot) => onePlot(plot, desk, language)))];
}

function onePlot(plot, desk, language) {
  const parts = [["redeemed", plot.redeemed], ["basket", plot.picked - plot.redeemed], ["hanging", plot.hanging]];
  const unborn = plot.promised - plot.picked - plot.hanging;
  const bar = make("div", { class: "all", role: "img", "aria-label": say("plot_bar", { hanging: plot.hanging, promised: plot.promised }) });
  for (const [name, count] of parts) {
    const part = make("i", { class: name });
    part.style.width = `${(100 * count) / plot.promised}%`;
    bar.append(part);
  }
  const row = ([name, count]) => [make("dt", {}, make("i", { class: name }), say(`fruit_${name}`)),
    make("dd", {}, `${count.toLocaleString(locale())} · ${kilos(count * plot.grams_per_fruit)}`)];
  return make("article", { class: "plot" }, make("h3", {}, desk.names[plot.variety][language]),
    make("p", { class: "dates" }, say("plot_dates", { trees: plot.trees, ripe: date(plot.ripe_at_secs), until: date(plot.redeem_by_secs) })),
    bar, make("dl", {}, ...[...parts, ["unborn", unborn]].flatMap(row),
      make("dt", { class: "whole" }, say("fruit_promised")),
      make("dd", { class: "whole" }, `${plot.promised.toLocaleString(locale())} · ${kilos(plot.promised * plot.grams_per_fruit)}`)));
}

export function csvReport(report, close) {
  const rows = report.lines.map((line) => make("tr", { class: ["ship", "already", "shipped"].includes(line.verdict) ? "" : "bad" },
    make("td", {}, String(line.line)), make("td", {}, line.code), make("td", {}, line.tracking),
    make("td", {}, say(`csv_${line.verdict}`) + (line.detail ? ` (${line.detail})` : ""))));
  return [make("h3", {}, say(report.ok ? "csv_done" : report.lines.some((line) => line.verdict === "shipped") ? "csv_half" : "csv_none"),
    make("button", { type: "button", class: "quiet", onclick: close }, say("close"))), make("table", {}, ...rows)];
}

export const KEYS = [["j k", "key_move"], ["x", "key_choose"], ["⏎", "key_open"], ["p", "key_slips"], ["l", "key_labels"],
  ["a", "key_packed"], ["s", "key_scan"], ["1–6", "key_tabs"], ["?", "key_help"]];
